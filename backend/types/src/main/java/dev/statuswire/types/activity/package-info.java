/** Records what happens to users, from the users table's own stream. */
@NullMarked
package dev.statuswire.types.activity;

import org.jspecify.annotations.NullMarked;
