/** SQS on one machine: a queue of delayed messages, and its event source mapping to a function. */
@NullMarked
package dev.statuswire.emulator.queue;

import org.jspecify.annotations.NullMarked;
