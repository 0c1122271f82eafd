/** The request types of a process, and what it offers to their steps. */
@NullMarked
package dev.statuswire.core.type;

import org.jspecify.annotations.NullMarked;
