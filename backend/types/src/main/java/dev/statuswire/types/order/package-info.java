/**
 * A restaurant: the request type place-order, which can simulate delays and failures, so that users
 * can see every status.
 */
@NullMarked
package dev.statuswire.types.order;

import org.jspecify.annotations.NullMarked;
