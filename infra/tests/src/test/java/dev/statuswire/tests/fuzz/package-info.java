/** Bad input of every kind, made by seeded generators, to everything that takes input. */
@NullMarked
package dev.statuswire.tests.fuzz;

import org.jspecify.annotations.NullMarked;
