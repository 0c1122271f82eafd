/** Bad input of every kind, created by seeded generators, for everything that accepts input. */
@NullMarked
package dev.statuswire.tests.fuzz;

import org.jspecify.annotations.NullMarked;
