/** Accepting requests: what may be submitted, under which id, and in one call to the database. */
@NullMarked
package dev.statuswire.api.submit;

import org.jspecify.annotations.NullMarked;
