/** SLF4J on the logger that Lambda's Java runtime gives a function. */
@NullMarked
package dev.statuswire.logging;

import org.jspecify.annotations.NullMarked;
