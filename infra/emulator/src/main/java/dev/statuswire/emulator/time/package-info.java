/** Clocks, randomness and waiting, injected into the emulator. */
@NullMarked
package dev.statuswire.emulator.time;

import org.jspecify.annotations.NullMarked;
