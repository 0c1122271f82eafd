/**
 * The data of a request: its key, its status and its steps. Immutable values, without a clock or
 * network access.
 */
@NullMarked
package dev.statuswire.core.request;

import org.jspecify.annotations.NullMarked;
