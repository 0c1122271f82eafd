/** Pushing frames to connections: bounded, in order, tried again, and never for too long. */
@NullMarked
package dev.statuswire.notifier.push;

import org.jspecify.annotations.NullMarked;
