/** DynamoDB as its callers see it: one table, its stream, its index, and calls that fail. */
@NullMarked
package dev.statuswire.simulator.database;

import org.jspecify.annotations.NullMarked;
