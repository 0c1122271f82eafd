/** Limits for each owner and for the whole process; each process keeps its counts in memory. */
@NullMarked
package dev.statuswire.api.limit;

import org.jspecify.annotations.NullMarked;
