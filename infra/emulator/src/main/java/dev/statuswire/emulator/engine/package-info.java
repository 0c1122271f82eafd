/**
 * DynamoDB on one machine: DynamoDB Local inside this JVM, or an engine that the user runs.
 * Notifies listeners of writes, so that streams need not be polled.
 */
@NullMarked
package dev.statuswire.emulator.engine;

import org.jspecify.annotations.NullMarked;
