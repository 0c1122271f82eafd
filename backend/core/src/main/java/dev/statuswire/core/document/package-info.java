/**
 * Documents that clients see: the status document, which is the same in responses, lists and
 * pushes, the documents of the catalog, and the options that clients submit.
 */
@NullMarked
package dev.statuswire.core.document;

import org.jspecify.annotations.NullMarked;
