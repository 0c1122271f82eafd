/** The async API: its routes, its settings, and the dependencies that it is created with. */
@NullMarked
package dev.statuswire.api;

import org.jspecify.annotations.NullMarked;
