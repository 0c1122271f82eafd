/** The door of the contract tests that runs a synthesized template. */
@NullMarked
package dev.statuswire.aws.door.gateway;

import org.jspecify.annotations.NullMarked;
