/** Tests of the JSON Schema validator. */
@NullMarked
package dev.statuswire.schema;

import org.jspecify.annotations.NullMarked;
