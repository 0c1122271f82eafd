/** Reminders: the request type reminder, which waits for a time. */
@NullMarked
package dev.statuswire.types.reminder;

import org.jspecify.annotations.NullMarked;
