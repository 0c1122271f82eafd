/** Stores the live connections of each owner. Depends on no other package of this module. */
@NullMarked
package dev.statuswire.notifier.connections;

import org.jspecify.annotations.NullMarked;
