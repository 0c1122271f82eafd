/**
 * Shared parts of the API and the notifier: the connections table, and the tickets in it, which the
 * API issues and the notifier redeems.
 */
@NullMarked
package dev.statuswire.core.live;

import org.jspecify.annotations.NullMarked;
