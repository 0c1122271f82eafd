package dev.statuswire.processor.work;

import dev.statuswire.core.request.Request;
import dev.statuswire.sdk.TypeEnvironment;
import java.net.URI;
import java.util.function.BiFunction;

/**
 * What the contexts of all steps of a request have in common.
 *
 * @param input the input, converted to the type that the steps expect
 * @param links creates a link to answer a step of a request
 */
record StepContexts<I>(
        I input, TypeEnvironment environment, BiFunction<Request, String, URI> links) {}
