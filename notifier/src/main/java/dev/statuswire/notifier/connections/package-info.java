/**
 * Who is connected live, and the tickets that let a browser connect: the connections table. Needs
 * nothing else of this module.
 */
@NullMarked
package dev.statuswire.notifier.connections;

import org.jspecify.annotations.NullMarked;
