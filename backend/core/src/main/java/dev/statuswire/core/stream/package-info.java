/** What a record of a DynamoDB stream, as Lambda hands it over, says about a request. */
@NullMarked
package dev.statuswire.core.stream;

import org.jspecify.annotations.NullMarked;
