/**
 * What the tests of every module use: a DynamoDB Local of their own, a clock that they turn, a
 * type.
 */
@NullMarked
package dev.statuswire.core.testing;

import org.jspecify.annotations.NullMarked;
