/**
 * A stand-in for an API Gateway WebSocket API: it accepts the sockets, calls Lambda handlers for
 * them, and gives the backend its {@code @connections} side. It knows nothing of the product.
 */
@NullMarked
package dev.statuswire.emulator.gateway;

import org.jspecify.annotations.NullMarked;
