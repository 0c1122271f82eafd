/** What a function costs that does nothing. */
@NullMarked
package dev.statuswire.nothing;

import org.jspecify.annotations.NullMarked;
