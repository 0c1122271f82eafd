/**
 * Statuswire itself, on machines that fail: the product's own handlers, with a simulated network
 * behind them.
 */
@NullMarked
package dev.statuswire.simulator.site;

import org.jspecify.annotations.NullMarked;
