/** Counters and timers, independent of the monitoring system that receives them. */
@NullMarked
package dev.statuswire.core.metrics;

import org.jspecify.annotations.NullMarked;
