/** Records the changes to users, from the users table's stream. */
@NullMarked
package dev.statuswire.types.activity;

import org.jspecify.annotations.NullMarked;
