/**
 * Requests in DynamoDB: the item as it is stored, conditional writes, reads and the index of what
 * is due.
 */
@NullMarked
package dev.statuswire.core.store;

import org.jspecify.annotations.NullMarked;
