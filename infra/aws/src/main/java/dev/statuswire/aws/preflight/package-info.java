/**
 * Asks the account what would make a deployment fail, before anything is created. Reads what was
 * synthesized; knows nothing of how.
 */
@NullMarked
package dev.statuswire.aws.preflight;

import org.jspecify.annotations.NullMarked;
