/**
 * Checks a running Statuswire from outside, as a client sees it: over HTTP and a WebSocket, and on
 * AWS by what the services say of the stack. {@code ./deploy --check} runs it.
 */
@NullMarked
package dev.statuswire.check;

import org.jspecify.annotations.NullMarked;
