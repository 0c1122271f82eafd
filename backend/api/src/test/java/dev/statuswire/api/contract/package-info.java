/** What every door to the requests keeps, as tests that each of them runs. */
@NullMarked
package dev.statuswire.api.contract;

import org.jspecify.annotations.NullMarked;
