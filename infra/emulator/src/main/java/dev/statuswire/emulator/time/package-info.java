/** Clocks, randomness and waiting, given to the emulator by who makes it. */
@NullMarked
package dev.statuswire.emulator.time;

import org.jspecify.annotations.NullMarked;
