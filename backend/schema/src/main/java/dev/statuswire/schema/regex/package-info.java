/** ECMA-262 patterns whose matching is limited by a budget. */
@NullMarked
package dev.statuswire.schema.regex;

import org.jspecify.annotations.NullMarked;
