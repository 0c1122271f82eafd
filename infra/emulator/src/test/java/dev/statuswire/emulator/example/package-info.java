/** The example of the README: two handlers as a developer would write them, and their test. */
@NullUnmarked
package dev.statuswire.emulator.example;

import org.jspecify.annotations.NullUnmarked;
