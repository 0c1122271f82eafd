/**
 * The live side's Lambda handlers: who may connect, what a page says, and the pushing of every
 * change to the pages that its owner has open.
 */
@NullMarked
package dev.statuswire.notifier;

import org.jspecify.annotations.NullMarked;
