/** The real process, killed at random moments while clients use it, and checks of the result. */
@NullMarked
package dev.statuswire.tests.kill;

import org.jspecify.annotations.NullMarked;
