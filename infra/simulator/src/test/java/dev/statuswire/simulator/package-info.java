/** Tests of the simulator, and with it. */
@NullMarked
package dev.statuswire.simulator;

import org.jspecify.annotations.NullMarked;
