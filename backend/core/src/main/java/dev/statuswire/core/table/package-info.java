/** The tables of Statuswire, each defined once. */
@NullMarked
package dev.statuswire.core.table;

import org.jspecify.annotations.NullMarked;
