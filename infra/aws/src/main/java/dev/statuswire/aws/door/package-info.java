/**
 * The front door on AWS: the texts that make API Gateway accept and return requests without a
 * function, with the same contract as the API. Does not depend on the CDK.
 */
@NullMarked
package dev.statuswire.aws.door;

import org.jspecify.annotations.NullMarked;
