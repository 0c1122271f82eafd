/**
 * Ports that only this machine can reach, for the emulated AWS endpoints and other local servers.
 */
@NullMarked
package dev.statuswire.emulator.loopback;

import org.jspecify.annotations.NullMarked;
