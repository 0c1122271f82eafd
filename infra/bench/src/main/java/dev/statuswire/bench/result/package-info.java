/** Measurements, their baselines and targets, and the report. */
@NullMarked
package dev.statuswire.bench.result;

import org.jspecify.annotations.NullMarked;
