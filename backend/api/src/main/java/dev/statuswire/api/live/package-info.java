/** Tickets, with which a page that has called the API may open its live socket. */
@NullMarked
package dev.statuswire.api.live;

import org.jspecify.annotations.NullMarked;
