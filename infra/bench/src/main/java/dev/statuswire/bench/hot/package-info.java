/** The few hot functions whose cost shows in a profile, by JMH. */
@NullMarked
package dev.statuswire.bench.hot;

import org.jspecify.annotations.NullMarked;
