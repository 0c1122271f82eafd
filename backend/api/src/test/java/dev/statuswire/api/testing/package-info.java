/** A server to test against, a client that holds every answer against the contract. */
@NullMarked
package dev.statuswire.api.testing;

import org.jspecify.annotations.NullMarked;
