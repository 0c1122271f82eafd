/**
 * A machine whose threads run one at a time, in an order that a seed determines, and whose time is
 * virtual. So real code does the same on it in every run.
 */
@NullMarked
package dev.statuswire.simulator.machine;

import org.jspecify.annotations.NullMarked;
