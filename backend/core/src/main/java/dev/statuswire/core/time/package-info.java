/**
 * Time and chance as everything takes them: through constructors, so that a test, or a simulation,
 * has them in its own hands.
 */
@NullMarked
package dev.statuswire.core.time;

import org.jspecify.annotations.NullMarked;
