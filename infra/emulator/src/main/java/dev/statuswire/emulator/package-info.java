/**
 * AWS for Lambda handlers in one JVM. {@link dev.statuswire.emulator.Emulator} starts all of it;
 * the packages below it are its services, which can be used alone as well.
 */
@NullMarked
package dev.statuswire.emulator;

import org.jspecify.annotations.NullMarked;
