/** What the handlers of functions have in common: what runs them, and how they run tasks. */
@NullMarked
package dev.statuswire.core.function;

import org.jspecify.annotations.NullMarked;
