/** Authentication of callers by access tokens; without an issuer, every caller is one owner. */
@NullMarked
package dev.statuswire.api.identity;

import org.jspecify.annotations.NullMarked;
