/** Settings that several modules share, read once from the environment and checked. */
@NullMarked
package dev.statuswire.core.settings;

import org.jspecify.annotations.NullMarked;
