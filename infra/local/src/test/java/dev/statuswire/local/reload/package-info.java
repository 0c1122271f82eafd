@NullMarked
package dev.statuswire.local.reload;

import org.jspecify.annotations.NullMarked;
