/** Links to requests: their owner manages them, and everyone who has one can use it. */
@NullMarked
package dev.statuswire.api.link;

import org.jspecify.annotations.NullMarked;
