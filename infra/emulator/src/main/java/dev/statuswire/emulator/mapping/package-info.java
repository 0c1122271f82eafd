/**
 * Lambda's event source mapping for a DynamoDB stream, rule by rule as the AWS documents give them:
 * it reads the stream's shards in order and calls a function with batches of records until each is
 * done or given up.
 */
@NullMarked
package dev.statuswire.emulator.mapping;

import org.jspecify.annotations.NullMarked;
