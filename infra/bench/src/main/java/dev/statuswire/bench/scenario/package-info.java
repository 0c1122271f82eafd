/** What is measured: one class for what is measured together. */
@NullMarked
package dev.statuswire.bench.scenario;

import org.jspecify.annotations.NullMarked;
