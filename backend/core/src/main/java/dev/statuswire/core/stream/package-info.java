/** Reads the records of a DynamoDB stream, as Lambda delivers them, as changes of requests. */
@NullMarked
package dev.statuswire.core.stream;

import org.jspecify.annotations.NullMarked;
