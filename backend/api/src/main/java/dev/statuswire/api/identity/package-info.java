/** Who is calling: by the tokens of an issuer, or everybody where there is none. */
@NullMarked
package dev.statuswire.api.identity;

import org.jspecify.annotations.NullMarked;
