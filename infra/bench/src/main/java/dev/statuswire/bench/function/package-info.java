/** The functions that are deployed, run as Lambda runs them, one start at a time. */
@NullMarked
package dev.statuswire.bench.function;

import org.jspecify.annotations.NullMarked;
