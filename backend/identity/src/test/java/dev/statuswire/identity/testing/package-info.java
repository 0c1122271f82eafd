/** An issuer for tests. */
@NullMarked
package dev.statuswire.identity.testing;

import org.jspecify.annotations.NullMarked;
