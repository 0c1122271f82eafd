/**
 * What the API and the live side share: the connections table, and the tickets in it, which the one
 * issues and the other redeems.
 */
@NullMarked
package dev.statuswire.core.live;

import org.jspecify.annotations.NullMarked;
