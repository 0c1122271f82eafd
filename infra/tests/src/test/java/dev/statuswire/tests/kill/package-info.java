/** The real process, killed at random moments while clients use it, and what must hold then. */
@NullMarked
package dev.statuswire.tests.kill;

import org.jspecify.annotations.NullMarked;
