/** Handlers that return request types, kinds of problems, the contracts, and a user's activity. */
@NullMarked
package dev.statuswire.api.catalog;

import org.jspecify.annotations.NullMarked;
