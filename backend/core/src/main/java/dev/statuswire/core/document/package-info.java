/** The status document: what a client sees of a request, the same in answers, lists and pushes. */
@NullMarked
package dev.statuswire.core.document;

import org.jspecify.annotations.NullMarked;
