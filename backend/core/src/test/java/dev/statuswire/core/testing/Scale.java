package dev.statuswire.core.testing;

/** How much a test does: {@code ./test} is quick, {@code ./test --long} is thorough. */
public final class Scale {

    /** Whether this is the long run. */
    public static final boolean LONG = Boolean.getBoolean("statuswire.long");

    private Scale() {}

    /** {@code quick} in {@code ./test}, {@code thorough} in {@code ./test --long}. */
    public static int of(int quick, int thorough) {
        return LONG ? thorough : quick;
    }
}
