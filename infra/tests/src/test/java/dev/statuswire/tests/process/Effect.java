package dev.statuswire.tests.process;

/**
 * One effect that a step had.
 *
 * @param fence the fence that its worker held
 * @param run names the one run of the step; the step's output says it, too
 */
public record Effect(long fence, String run) {}
