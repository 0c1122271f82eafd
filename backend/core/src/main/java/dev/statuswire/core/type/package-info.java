/** What a team implements to add a request type, and how types are found. */
@NullMarked
package dev.statuswire.core.type;

import org.jspecify.annotations.NullMarked;
