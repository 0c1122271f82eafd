@NullMarked
package dev.statuswire.emulator.queue;

import org.jspecify.annotations.NullMarked;
