/**
 * The API for writing request types. Implement {@link dev.statuswire.sdk.RequestType}, which
 * returns a {@link dev.statuswire.sdk.Definition}: the type of the input and the steps. A running
 * step uses its {@link dev.statuswire.sdk.StepContext}, and throws {@link
 * dev.statuswire.sdk.StepFailed} or {@link dev.statuswire.sdk.TryLater} if it fails.
 */
@NullMarked
package dev.statuswire.sdk;

import org.jspecify.annotations.NullMarked;
