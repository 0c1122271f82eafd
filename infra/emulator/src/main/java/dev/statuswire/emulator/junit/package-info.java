/**
 * A JUnit 5 extension that starts the emulator for tests of Lambda handlers, and a WebSocket
 * client.
 */
@NullMarked
package dev.statuswire.emulator.junit;

import org.jspecify.annotations.NullMarked;
