/** The contract of every front end, as tests that run against each of them. */
@NullMarked
package dev.statuswire.api.contract;

import org.jspecify.annotations.NullMarked;
