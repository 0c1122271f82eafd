/** Decides from a seed which faults happen, and when. */
@NullMarked
package dev.statuswire.simulator.chance;

import org.jspecify.annotations.NullMarked;
