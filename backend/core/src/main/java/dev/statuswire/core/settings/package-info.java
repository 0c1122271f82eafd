/** Settings that several modules share. They are read from the environment and checked once. */
@NullMarked
package dev.statuswire.core.settings;

import org.jspecify.annotations.NullMarked;
