/**
 * Checks the account for problems that would make a deployment fail, before anything is created.
 * Reads the synthesized templates and does not depend on the code that synthesizes them.
 */
@NullMarked
package dev.statuswire.aws.preflight;

import org.jspecify.annotations.NullMarked;
