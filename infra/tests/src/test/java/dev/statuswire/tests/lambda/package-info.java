/** Tests of the zips, under the runtime that Lambda runs them under. */
@NullMarked
package dev.statuswire.tests.lambda;

import org.jspecify.annotations.NullMarked;
