/** The definitions of all tables. */
@NullMarked
package dev.statuswire.core.table;

import org.jspecify.annotations.NullMarked;
