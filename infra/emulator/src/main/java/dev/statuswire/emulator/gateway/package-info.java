/**
 * Emulates an API Gateway WebSocket API: accepts WebSockets, calls Lambda handlers for their
 * routes, and serves the {@code @connections} API to the backend.
 */
@NullMarked
package dev.statuswire.emulator.gateway;

import org.jspecify.annotations.NullMarked;
