/**
 * The Java client of Statuswire: submit work, get a response at once, watch it finish. Start with
 * {@link dev.statuswire.client.StatuswireClient}. Requires Java 17; uses the JDK's HTTP client and
 * Jackson, and nothing else.
 */
@NullMarked
package dev.statuswire.client;

import org.jspecify.annotations.NullMarked;
