/**
 * The front door on AWS: what API Gateway is told so that requests are submitted and read without
 * any function on the way, by the same contract as the API's. No CDK here, only the texts.
 */
@NullMarked
package dev.statuswire.aws.door;

import org.jspecify.annotations.NullMarked;
