/** The API as a Lambda function behind API Gateway: its events in and out of the same server. */
@NullMarked
package dev.statuswire.api.function;

import org.jspecify.annotations.NullMarked;
