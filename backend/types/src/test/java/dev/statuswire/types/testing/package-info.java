/** Tools for the tests of the shipped types: a users table, and a way to run a single step. */
@NullMarked
package dev.statuswire.types.testing;

import org.jspecify.annotations.NullMarked;
