/** Statuswire itself on machines that fail: the product's own handlers on a simulated network. */
@NullMarked
package dev.statuswire.simulator.site;

import org.jspecify.annotations.NullMarked;
