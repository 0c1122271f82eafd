/** Trips: the request type book-trip, whose bookings are released if one of them fails. */
@NullMarked
package dev.statuswire.types.trip;

import org.jspecify.annotations.NullMarked;
