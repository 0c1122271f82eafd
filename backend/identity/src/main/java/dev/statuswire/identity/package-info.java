/** Authentication of callers: verifies the access tokens of an OpenID Connect issuer. */
@NullMarked
package dev.statuswire.identity;

import org.jspecify.annotations.NullMarked;
