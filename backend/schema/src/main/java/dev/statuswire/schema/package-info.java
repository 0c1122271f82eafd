/**
 * JSON Schema draft 4: derives the schemas of inputs from their classes, compiles schemas, and
 * validates values within a budget.
 */
@NullMarked
package dev.statuswire.schema;

import org.jspecify.annotations.NullMarked;
