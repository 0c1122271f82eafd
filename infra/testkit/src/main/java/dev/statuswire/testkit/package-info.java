/**
 * Tests request types: the product's own processing of requests, in memory and in virtual time.
 * Start with {@link dev.statuswire.testkit.StatuswireTest}.
 */
@NullMarked
package dev.statuswire.testkit;

import org.jspecify.annotations.NullMarked;
