/**
 * Documents that clients see: the status document, the same in answers, lists and pushes, and those
 * of the catalog.
 */
@NullMarked
package dev.statuswire.core.document;

import org.jspecify.annotations.NullMarked;
