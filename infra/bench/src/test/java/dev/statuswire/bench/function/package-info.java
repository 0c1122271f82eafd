@NullMarked
package dev.statuswire.bench.function;

import org.jspecify.annotations.NullMarked;
