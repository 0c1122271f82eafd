/** The request type that the bench submits. */
@NullMarked
package dev.statuswire.bench.type;

import org.jspecify.annotations.NullMarked;
