/** The processes that the bench measures: the local runtime, and bare servers as baselines. */
@NullMarked
package dev.statuswire.bench.process;

import org.jspecify.annotations.NullMarked;
