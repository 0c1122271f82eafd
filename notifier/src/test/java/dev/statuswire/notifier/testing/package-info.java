/**
 * Shared by the tests of this module: an endpoint for pushes, stream records, contexts and metrics.
 */
@NullMarked
package dev.statuswire.notifier.testing;

import org.jspecify.annotations.NullMarked;
