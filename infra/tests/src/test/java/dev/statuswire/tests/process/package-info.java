/**
 * The runtime as a separate process, which tests can kill, with request types whose effects a sink
 * of the test records.
 */
@NullMarked
package dev.statuswire.tests.process;

import org.jspecify.annotations.NullMarked;
