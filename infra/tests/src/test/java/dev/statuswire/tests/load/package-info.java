/**
 * A thousand live pages on one runtime, some of which stop reading, while requests are submitted.
 */
@NullMarked
package dev.statuswire.tests.load;

import org.jspecify.annotations.NullMarked;
