/** Tests of the whole system, as it runs locally and as the functions are packaged. */
@NullMarked
package dev.statuswire.tests;

import org.jspecify.annotations.NullMarked;
