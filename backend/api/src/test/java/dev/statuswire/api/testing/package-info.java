/** A server to test against, and a client that checks every response against the contract. */
@NullMarked
package dev.statuswire.api.testing;

import org.jspecify.annotations.NullMarked;
