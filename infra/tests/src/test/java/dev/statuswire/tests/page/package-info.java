/** The page in a real browser, as users see and use it. */
@NullMarked
package dev.statuswire.tests.page;

import org.jspecify.annotations.NullMarked;
