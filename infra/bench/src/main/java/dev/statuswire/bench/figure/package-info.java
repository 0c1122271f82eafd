/** Figures, what they are measured beside, and how they are shown. */
@NullMarked
package dev.statuswire.bench.figure;

import org.jspecify.annotations.NullMarked;
