/**
 * The DynamoDB that everything on one machine talks to: DynamoDB Local inside this JVM, or an
 * engine of the user's own. Tells whoever listens when something was written, so that streams need
 * not be polled.
 */
@NullMarked
package dev.statuswire.emulator.engine;

import org.jspecify.annotations.NullMarked;
