/** The users table, and the request types that write to it: register-user and update-profile. */
@NullMarked
package dev.statuswire.types.users;

import org.jspecify.annotations.NullMarked;
