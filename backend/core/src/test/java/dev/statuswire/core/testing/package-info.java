/** What the tests of every module use: a DynamoDB Local of their own and a clock that they turn. */
@NullMarked
package dev.statuswire.core.testing;

import org.jspecify.annotations.NullMarked;
