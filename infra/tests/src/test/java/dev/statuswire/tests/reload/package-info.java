/** {@code ./run --types}: request types whose jars change while the runtime runs. */
@NullMarked
package dev.statuswire.tests.reload;

import org.jspecify.annotations.NullMarked;
