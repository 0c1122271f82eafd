package dev.statuswire.api.operate;

/** Whether a part of the system does its work. Thread-safe. */
@FunctionalInterface
public interface HealthCheck {

    /**
     * Whether it is up; may block, for a short while.
     *
     * @throws Exception which also means that it is not
     */
    boolean isUp() throws Exception;
}
