/** The API as a Lambda function: converts API Gateway's events to HTTP and the responses back. */
@NullMarked
package dev.statuswire.api.function;

import org.jspecify.annotations.NullMarked;
