/** A request type and its test, as in the README of the test kit. */
@NullMarked
package dev.statuswire.testkit.example;

import org.jspecify.annotations.NullMarked;
