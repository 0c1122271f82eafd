/**
 * What happened to each user, in order: kept by the recorder of the users table's stream, read by
 * the API.
 */
@NullMarked
package dev.statuswire.core.activity;

import org.jspecify.annotations.NullMarked;
