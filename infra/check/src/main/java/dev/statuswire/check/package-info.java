/**
 * Checks a running Statuswire from outside as a client does, over HTTP and a WebSocket; on AWS,
 * also checks the stack through the APIs of AWS. Run by {@code ./deploy --check}.
 */
@NullMarked
package dev.statuswire.check;

import org.jspecify.annotations.NullMarked;
