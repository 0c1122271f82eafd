/** Issues tickets, with which pages open their live sockets. */
@NullMarked
package dev.statuswire.api.live;

import org.jspecify.annotations.NullMarked;
