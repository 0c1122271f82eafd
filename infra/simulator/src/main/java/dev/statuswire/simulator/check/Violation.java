package dev.statuswire.simulator.check;

/**
 * A guarantee that was broken.
 *
 * @param guarantee the name of the guarantee, such as {@code G3}
 * @param what broke it
 */
public record Violation(String guarantee, String what) {

    @Override
    public String toString() {
        return guarantee + ": " + what;
    }
}
