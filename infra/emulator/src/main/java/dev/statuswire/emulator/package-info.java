/**
 * Runs Lambda handlers and the AWS services that they use in one JVM. {@link
 * dev.statuswire.emulator.Emulator} starts all services; each package below is one service and can
 * also be used alone.
 */
@NullMarked
package dev.statuswire.emulator;

import org.jspecify.annotations.NullMarked;
