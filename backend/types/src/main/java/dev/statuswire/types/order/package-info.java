/**
 * A restaurant: place-order, which can be told to be slow or to fail, so that every status can be
 * seen.
 */
@NullMarked
package dev.statuswire.types.order;

import org.jspecify.annotations.NullMarked;
