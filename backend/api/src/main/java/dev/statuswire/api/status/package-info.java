/** Requests as their owner sees them: one, a list, waiting for a change, and asking for one. */
@NullMarked
package dev.statuswire.api.status;

import org.jspecify.annotations.NullMarked;
