/** Loads, which use the tests' clients of the API and of live connections, and baselines. */
@NullMarked
package dev.statuswire.bench.client;

import org.jspecify.annotations.NullMarked;
