/**
 * Processes one request, from its claim to its end: runs the steps, extends the lease, and writes
 * the results.
 */
@NullMarked
package dev.statuswire.processor.work;

import org.jspecify.annotations.NullMarked;
