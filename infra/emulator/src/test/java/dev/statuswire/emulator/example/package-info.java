/** Two handlers as a developer writes them, and their test: the example of the README. */
@NullUnmarked
package dev.statuswire.emulator.example;

import org.jspecify.annotations.NullUnmarked;
