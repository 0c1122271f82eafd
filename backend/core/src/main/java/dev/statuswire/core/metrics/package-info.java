/** Counting and timing, apart from where the figures go. */
@NullMarked
package dev.statuswire.core.metrics;

import org.jspecify.annotations.NullMarked;
