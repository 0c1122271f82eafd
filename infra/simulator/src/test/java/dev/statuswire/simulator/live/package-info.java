/** Tests of the model of the page. */
@NullMarked
package dev.statuswire.simulator.live;

import org.jspecify.annotations.NullMarked;
