/**
 * The activity log: the changes to each user, in order. The recorder of the users table's stream
 * writes it, and the API reads it.
 */
@NullMarked
package dev.statuswire.core.activity;

import org.jspecify.annotations.NullMarked;
