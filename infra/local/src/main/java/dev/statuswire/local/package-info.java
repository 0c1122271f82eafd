/**
 * The whole system in one JVM: the real handlers and clients, with stand-ins for what AWS runs
 * around them.
 */
@NullMarked
package dev.statuswire.local;

import org.jspecify.annotations.NullMarked;
