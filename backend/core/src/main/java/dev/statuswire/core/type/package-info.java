/**
 * The interfaces for writing request types. Implement {@link dev.statuswire.core.type.RequestType},
 * which describes the input and lists the {@linkplain dev.statuswire.core.type.Step steps}. A
 * running step uses its {@link dev.statuswire.core.type.StepContext}, and throws {@link
 * dev.statuswire.core.type.StepFailed} or {@link dev.statuswire.core.type.TryLater} if it fails.
 */
@NullMarked
package dev.statuswire.core.type;

import org.jspecify.annotations.NullMarked;
