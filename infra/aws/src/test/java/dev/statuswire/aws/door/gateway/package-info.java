/**
 * A REST API of API Gateway, as far as the front door needs one: on a loopback port, with a real
 * Velocity engine and a real DynamoDB Local behind it.
 */
@NullMarked
package dev.statuswire.aws.door.gateway;

import org.jspecify.annotations.NullMarked;
