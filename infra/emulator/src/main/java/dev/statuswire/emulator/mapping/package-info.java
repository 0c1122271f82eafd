/**
 * Lambda's event source mapping for a DynamoDB stream, implemented from the AWS documentation. It
 * reads the stream's shards in order and invokes a function with batches of records until each
 * record is processed or discarded.
 */
@NullMarked
package dev.statuswire.emulator.mapping;

import org.jspecify.annotations.NullMarked;
