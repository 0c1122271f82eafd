@NullMarked
package dev.statuswire.testkit;

import org.jspecify.annotations.NullMarked;
