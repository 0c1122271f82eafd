package dev.statuswire.api.operate;

/** Checks whether a component of the system works. Thread-safe. */
@FunctionalInterface
public interface HealthCheck {

    /**
     * Returns whether the component is up. May block for a short time.
     *
     * @throws Exception if the check fails; the component then counts as down
     */
    boolean isUp() throws Exception;
}
