/** What can be asked for: request types, kinds of problems, contracts, a user's activity. */
@NullMarked
package dev.statuswire.api.catalog;

import org.jspecify.annotations.NullMarked;
