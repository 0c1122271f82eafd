/** What the tests of this module share: an endpoint to push to, stream records, connections. */
@NullMarked
package dev.statuswire.notifier.testing;

import org.jspecify.annotations.NullMarked;
