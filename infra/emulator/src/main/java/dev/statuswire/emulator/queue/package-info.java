/** SQS on one machine, as far as it is used: delayed messages, and the mapping to a function. */
@NullMarked
package dev.statuswire.emulator.queue;

import org.jspecify.annotations.NullMarked;
