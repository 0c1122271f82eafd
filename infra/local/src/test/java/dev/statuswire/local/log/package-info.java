@NullMarked
package dev.statuswire.local.log;

import org.jspecify.annotations.NullMarked;
