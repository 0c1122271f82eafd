/** Tests of the small parts of the HTTP side. */
@NullMarked
package dev.statuswire.api.http;

import org.jspecify.annotations.NullMarked;
