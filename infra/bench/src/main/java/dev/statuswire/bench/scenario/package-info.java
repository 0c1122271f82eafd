/** The scenarios, each in its own class. */
@NullMarked
package dev.statuswire.bench.scenario;

import org.jspecify.annotations.NullMarked;
