/** Patterns of ECMA-262 that are matched within a budget. */
@NullMarked
package dev.statuswire.api.regex;

import org.jspecify.annotations.NullMarked;
