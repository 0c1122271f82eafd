/** The frames that are sent to a page over its socket: replies to its messages, and changes. */
@NullMarked
package dev.statuswire.notifier.frame;

import org.jspecify.annotations.NullMarked;
