package dev.statuswire.processor.work;

import dev.statuswire.sdk.TypeEnvironment;

/**
 * What the contexts of all steps of a request have in common.
 *
 * @param input the input, converted to the type that the steps expect
 */
record StepContexts<I>(I input, TypeEnvironment environment) {}
