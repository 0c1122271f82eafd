/**
 * The runtime as a process of its own, to be killed, with request types whose effects a sink of the
 * test's counts.
 */
@NullMarked
package dev.statuswire.tests.process;

import org.jspecify.annotations.NullMarked;
