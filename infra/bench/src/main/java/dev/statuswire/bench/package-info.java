/** Measures the local runtime from a second process, each figure beside its own limit. */
@NullMarked
package dev.statuswire.bench;

import org.jspecify.annotations.NullMarked;
