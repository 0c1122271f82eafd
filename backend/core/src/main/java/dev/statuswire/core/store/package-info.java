/**
 * The store of requests in DynamoDB: conditional writes, reads, and the index of unfinished
 * requests by due time.
 */
@NullMarked
package dev.statuswire.core.store;

import org.jspecify.annotations.NullMarked;
