/** ECMA-262 patterns whose matching is limited by a budget. */
@NullMarked
package dev.statuswire.api.regex;

import org.jspecify.annotations.NullMarked;
