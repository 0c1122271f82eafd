/** The door of the contract tests that a synthesized template makes. */
@NullMarked
package dev.statuswire.aws.door.gateway;

import org.jspecify.annotations.NullMarked;
