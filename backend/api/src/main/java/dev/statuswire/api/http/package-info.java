/** What every call of the API shares: who calls, bodies in, JSON and problem documents out. */
@NullMarked
package dev.statuswire.api.http;

import org.jspecify.annotations.NullMarked;
