/**
 * Clocks, randomness and waiting. Classes receive them through their constructors, so that tests
 * and simulations can control them.
 */
@NullMarked
package dev.statuswire.core.time;

import org.jspecify.annotations.NullMarked;
