/** The one JSON mapper, and how two JSON texts are compared. */
@NullMarked
package dev.statuswire.core.json;

import org.jspecify.annotations.NullMarked;
