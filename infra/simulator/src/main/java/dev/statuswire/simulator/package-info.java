/**
 * Runs the whole life of requests in one thread and in virtual time, with injected faults, and
 * checks whether the guarantees were kept. A seed determines everything, so a failure can be
 * replayed.
 */
@NullMarked
package dev.statuswire.simulator;

import org.jspecify.annotations.NullMarked;
