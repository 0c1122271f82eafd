/** Tests of what all shipped types have in common. */
@NullMarked
package dev.statuswire.types;

import org.jspecify.annotations.NullMarked;
