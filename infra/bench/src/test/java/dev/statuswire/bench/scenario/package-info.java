@NullMarked
package dev.statuswire.bench.scenario;

import org.jspecify.annotations.NullMarked;
