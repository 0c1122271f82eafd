/**
 * Faults of the network between the parts: a proxy that makes them, and proof that nothing is lost
 * and nothing is done twice by them.
 */
@NullMarked
package dev.statuswire.tests.faults;

import org.jspecify.annotations.NullMarked;
