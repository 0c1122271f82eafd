/** Tests of the API as a Lambda function. */
@NullMarked
package dev.statuswire.api.function;

import org.jspecify.annotations.NullMarked;
