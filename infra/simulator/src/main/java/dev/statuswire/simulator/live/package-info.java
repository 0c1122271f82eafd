/** The live side: connections, pushes, and pages that follow the protocol. */
@NullMarked
package dev.statuswire.simulator.live;

import org.jspecify.annotations.NullMarked;
