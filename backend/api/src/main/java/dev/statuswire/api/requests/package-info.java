/** The store as the API uses it: writes at the present time, and how much an owner has in it. */
@NullMarked
package dev.statuswire.api.requests;

import org.jspecify.annotations.NullMarked;
