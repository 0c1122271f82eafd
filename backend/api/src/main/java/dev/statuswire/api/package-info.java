/** The async API: accepts requests at once, shows their status, and says what else it can do. */
@NullMarked
package dev.statuswire.api;

import org.jspecify.annotations.NullMarked;
