/** The request type that the benchmarks submit. */
@NullMarked
package dev.statuswire.bench.type;

import org.jspecify.annotations.NullMarked;
