/** Processes that are measured: the local runtime, and what it is measured beside. */
@NullMarked
package dev.statuswire.bench.process;

import org.jspecify.annotations.NullMarked;
