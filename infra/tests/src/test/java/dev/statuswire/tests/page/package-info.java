/** The page in a real browser: what people see, do and are told. */
@NullMarked
package dev.statuswire.tests.page;

import org.jspecify.annotations.NullMarked;
