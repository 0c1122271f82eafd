package dev.statuswire.processor.work;

import dev.statuswire.core.request.Request;
import dev.statuswire.sdk.StepContext;

/**
 * The context of a step with the request that it belongs to. Every context of this processor is
 * one. Request types cannot see the stored request; tests and the simulator can.
 *
 * @param <I> the type of the request's input
 */
public interface StoredRequestContext<I> extends StepContext<I> {

    /** Returns the request, as it was when this run started. */
    Request request();

    /** Returns the request that {@code context} belongs to. */
    static Request of(StepContext<?> context) {
        return ((StoredRequestContext<?>) context).request();
    }
}
