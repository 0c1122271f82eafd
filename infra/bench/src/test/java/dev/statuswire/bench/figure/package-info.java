@NullMarked
package dev.statuswire.bench.figure;

import org.jspecify.annotations.NullMarked;
