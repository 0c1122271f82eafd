/** Limits on what owners and the process have under way, each of one process and in memory. */
@NullMarked
package dev.statuswire.api.limit;

import org.jspecify.annotations.NullMarked;
