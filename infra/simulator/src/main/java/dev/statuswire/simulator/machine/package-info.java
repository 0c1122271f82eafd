/**
 * A machine whose threads run one at a time, in an order that a seed decides, and whose time is
 * virtual: what real code does on it is the same at every run.
 */
@NullMarked
package dev.statuswire.simulator.machine;

import org.jspecify.annotations.NullMarked;
