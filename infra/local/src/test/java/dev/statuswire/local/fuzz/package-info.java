/** Bad input of every kind, made by seeded generators, to everything that takes input. */
@NullMarked
package dev.statuswire.local.fuzz;

import org.jspecify.annotations.NullMarked;
