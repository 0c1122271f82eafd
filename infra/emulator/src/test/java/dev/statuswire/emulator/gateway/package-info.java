/** Tests of the WebSocket gateway, with real clients on real sockets. */
@NullMarked
package dev.statuswire.emulator.gateway;

import org.jspecify.annotations.NullMarked;
