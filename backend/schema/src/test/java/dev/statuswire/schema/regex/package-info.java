/** Tests of patterns. */
@NullMarked
package dev.statuswire.schema.regex;

import org.jspecify.annotations.NullMarked;
