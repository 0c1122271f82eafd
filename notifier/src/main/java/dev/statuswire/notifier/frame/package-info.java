/** What is said to a page over its socket: answers to it, and what is pushed to it. */
@NullMarked
package dev.statuswire.notifier.frame;

import org.jspecify.annotations.NullMarked;
