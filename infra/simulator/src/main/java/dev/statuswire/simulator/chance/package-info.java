/** What goes wrong, and when: decided by a seed. */
@NullMarked
package dev.statuswire.simulator.chance;

import org.jspecify.annotations.NullMarked;
