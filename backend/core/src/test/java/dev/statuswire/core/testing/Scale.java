package dev.statuswire.core.testing;

/** The amount of work in a test: {@code ./test} is quick, {@code ./test --long} is thorough. */
public final class Scale {

    /** Whether the tests run with {@code --long}. */
    public static final boolean LONG = Boolean.getBoolean("statuswire.long");

    private Scale() {}

    /** Returns {@code quick} in {@code ./test}, and {@code thorough} in {@code ./test --long}. */
    public static int of(int quick, int thorough) {
        return LONG ? thorough : quick;
    }
}
