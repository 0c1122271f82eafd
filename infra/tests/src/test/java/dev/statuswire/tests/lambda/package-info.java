/** Tests of the zips with the runtime client that Lambda uses. */
@NullMarked
package dev.statuswire.tests.lambda;

import org.jspecify.annotations.NullMarked;
