/** The processes that the benchmarks measure: the local runtime, and bare servers as baselines. */
@NullMarked
package dev.statuswire.bench.process;

import org.jspecify.annotations.NullMarked;
