/** How log lines are written: whatever a client sent, an event is one line and its stack trace. */
@NullMarked
package dev.statuswire.local.log;

import org.jspecify.annotations.NullMarked;
