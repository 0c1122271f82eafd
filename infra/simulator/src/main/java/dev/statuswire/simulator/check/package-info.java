/** Checks from the observed events whether the guarantees were kept. */
@NullMarked
package dev.statuswire.simulator.check;

import org.jspecify.annotations.NullMarked;
