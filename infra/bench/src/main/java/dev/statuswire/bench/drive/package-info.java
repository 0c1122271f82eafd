/** What a client does: calls over HTTP, live sockets, calls to a table. */
@NullMarked
package dev.statuswire.bench.drive;

import org.jspecify.annotations.NullMarked;
