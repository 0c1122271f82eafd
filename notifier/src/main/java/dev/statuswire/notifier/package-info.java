/**
 * The Lambda handlers of live connections: they authorize connections, reply to the messages of
 * pages, and push every change to the pages that its owner has open.
 */
@NullMarked
package dev.statuswire.notifier;

import org.jspecify.annotations.NullMarked;
