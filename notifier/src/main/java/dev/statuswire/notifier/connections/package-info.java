/** Who is connected live. Needs nothing else of this module. */
@NullMarked
package dev.statuswire.notifier.connections;

import org.jspecify.annotations.NullMarked;
