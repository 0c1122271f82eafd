/** What a function's handlers have from whatever runs them: nothing on one machine. */
@NullMarked
package dev.statuswire.core.function;

import org.jspecify.annotations.NullMarked;
