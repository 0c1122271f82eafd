/** Tests of the simulator, and tests that use it. */
@NullMarked
package dev.statuswire.simulator;

import org.jspecify.annotations.NullMarked;
