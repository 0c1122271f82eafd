/** The request type that is measured. */
@NullMarked
package dev.statuswire.bench.type;

import org.jspecify.annotations.NullMarked;
