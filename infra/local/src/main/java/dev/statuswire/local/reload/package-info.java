/**
 * Loads the request types of {@code ./run --types}, and replaces them while the runtime runs.
 * {@link dev.statuswire.local.reload.TypeReloader} decides, {@code TypeFolder} finds the jars,
 * {@code LoadedTypes} is one version of a folder's types.
 */
@NullMarked
package dev.statuswire.local.reload;

import org.jspecify.annotations.NullMarked;
