/**
 * Every way a request changes, as data: when it may happen and what it writes. The one place where
 * the table of transitions stands; a store carries them out.
 */
@NullMarked
package dev.statuswire.core.transition;

import org.jspecify.annotations.NullMarked;
