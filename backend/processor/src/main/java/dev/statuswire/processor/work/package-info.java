/**
 * Works on one request, from its claim to its end: runs the steps, keeps the lease, writes what
 * came of it.
 */
@NullMarked
package dev.statuswire.processor.work;

import org.jspecify.annotations.NullMarked;
