/** JSON Schema draft 4: compiles schemas and validates values within a budget. */
@NullMarked
package dev.statuswire.api.schema;

import org.jspecify.annotations.NullMarked;
