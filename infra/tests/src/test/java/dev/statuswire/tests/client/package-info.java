/** The contract of the clients: the same cases for the Java and the JavaScript client. */
@NullMarked
package dev.statuswire.tests.client;

import org.jspecify.annotations.NullMarked;
