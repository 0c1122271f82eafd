/**
 * Lambda's side of a function on one machine: how a handler is run with its context and time limit,
 * and the Invoke API on a loopback port for synchronous and asynchronous calls by the SDK's own
 * client.
 */
@NullMarked
package dev.statuswire.emulator.function;

import org.jspecify.annotations.NullMarked;
