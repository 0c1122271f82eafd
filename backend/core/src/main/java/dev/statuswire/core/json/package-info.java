/** Strict JSON: the shared mapper, the parser, times, and the comparison of JSON values. */
@NullMarked
package dev.statuswire.core.json;

import org.jspecify.annotations.NullMarked;
