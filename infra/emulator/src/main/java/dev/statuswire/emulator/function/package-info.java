/**
 * Lambda on one machine: runs handlers with a context and a timeout, and serves the Invoke API on a
 * loopback port for synchronous and asynchronous invocations by the SDK's client.
 */
@NullMarked
package dev.statuswire.emulator.function;

import org.jspecify.annotations.NullMarked;
