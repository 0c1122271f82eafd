/** What holds for every shipped type. */
@NullMarked
package dev.statuswire.types;

import org.jspecify.annotations.NullMarked;
