/**
 * Tools for the tests of all modules: DynamoDB Local, a manual clock, request types and fake
 * services.
 */
@NullMarked
package dev.statuswire.core.testing;

import org.jspecify.annotations.NullMarked;
