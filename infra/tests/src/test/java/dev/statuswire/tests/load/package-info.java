/** A thousand live pages on one runtime, some of which stop reading, while work comes in. */
@NullMarked
package dev.statuswire.tests.load;

import org.jspecify.annotations.NullMarked;
