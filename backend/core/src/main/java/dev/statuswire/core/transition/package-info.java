/**
 * All changes of a request, as data: the condition and the content of each write. The table of
 * transitions is defined only here; a store executes the transitions.
 */
@NullMarked
package dev.statuswire.core.transition;

import org.jspecify.annotations.NullMarked;
