/**
 * Runs the whole life of requests in one thread, in virtual time, with whatever can go wrong, and
 * decides whether the guarantees were kept. A seed says everything, so a failure can be replayed.
 */
@NullMarked
package dev.statuswire.simulator;

import org.jspecify.annotations.NullMarked;
