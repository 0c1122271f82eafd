/** What a request is: its key, its status, its steps. Values only, no clock and no network. */
@NullMarked
package dev.statuswire.core.request;

import org.jspecify.annotations.NullMarked;
