/** The model of the page, by itself. */
@NullMarked
package dev.statuswire.simulator.live;

import org.jspecify.annotations.NullMarked;
