/** Tests of patterns. */
@NullMarked
package dev.statuswire.api.regex;

import org.jspecify.annotations.NullMarked;
