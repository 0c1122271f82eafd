/** Unit tests of the HTTP classes. */
@NullMarked
package dev.statuswire.api.http;

import org.jspecify.annotations.NullMarked;
