/**
 * Network faults between components: a proxy that simulates them, and tests that nothing is lost or
 * repeated because of them.
 */
@NullMarked
package dev.statuswire.tests.faults;

import org.jspecify.annotations.NullMarked;
