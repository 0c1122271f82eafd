/** Shared parts of the Lambda handlers: the host that runs them, and parallel tasks. */
@NullMarked
package dev.statuswire.core.function;

import org.jspecify.annotations.NullMarked;
