/**
 * All of Statuswire in one JVM: the real handlers and clients, with emulators of the AWS services
 * around them.
 */
@NullMarked
package dev.statuswire.local;

import org.jspecify.annotations.NullMarked;
