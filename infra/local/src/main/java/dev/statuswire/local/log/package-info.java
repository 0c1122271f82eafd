/**
 * The format of log lines: whatever a client sent, an event is one line, followed by its stack
 * trace.
 */
@NullMarked
package dev.statuswire.local.log;

import org.jspecify.annotations.NullMarked;
