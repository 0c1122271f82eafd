package dev.statuswire.tests.process;

/**
 * One effect of a step.
 *
 * @param fence the fence that its worker held
 * @param run identifies the run of the step; the step's output contains it too
 */
public record Effect(long fence, String run) {}
