/** Benchmarks of the local runtime, driven from a second process, each compared with a baseline. */
@NullMarked
package dev.statuswire.bench;

import org.jspecify.annotations.NullMarked;
