@NullMarked
package dev.statuswire.local.queue;

import org.jspecify.annotations.NullMarked;
