/**
 * Documents that clients see: the status document, which is the same in responses, lists and
 * pushes, and the documents of the catalog.
 */
@NullMarked
package dev.statuswire.core.document;

import org.jspecify.annotations.NullMarked;
