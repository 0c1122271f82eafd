/** Tests of the JSON Schema validator. */
@NullMarked
package dev.statuswire.api.schema;

import org.jspecify.annotations.NullMarked;
