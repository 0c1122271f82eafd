/**
 * The Lambda handlers that get work done: the stream processor, the worker for slow work, and the
 * sweeper for what is overdue.
 */
@NullMarked
package dev.statuswire.processor;

import org.jspecify.annotations.NullMarked;
