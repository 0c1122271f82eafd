/**
 * Lambda handlers that process requests: the stream processor, the worker for slow requests, and
 * the sweeper and the timer handler for due requests.
 */
@NullMarked
package dev.statuswire.processor;

import org.jspecify.annotations.NullMarked;
