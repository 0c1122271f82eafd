/** Clients of the API, of live connections and of DynamoDB, and the load that they generate. */
@NullMarked
package dev.statuswire.bench.client;

import org.jspecify.annotations.NullMarked;
