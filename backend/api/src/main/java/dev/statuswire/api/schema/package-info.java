/** JSON Schema draft 4: compiling schemas, and validating values within a budget. */
@NullMarked
package dev.statuswire.api.schema;

import org.jspecify.annotations.NullMarked;
