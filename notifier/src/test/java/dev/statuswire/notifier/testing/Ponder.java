package dev.statuswire.notifier.testing;

import dev.statuswire.core.testing.TestType;
import dev.statuswire.core.type.RequestTypes;
import java.util.List;

/** A type of one step, {@code think}. */
public final class Ponder {

    /** Its name. */
    public static final String NAME = "ponder";

    private Ponder() {}

    /** A process that has just this type. */
    public static RequestTypes types() {
        return RequestTypes.of(List.of(TestType.of(NAME, "think")));
    }
}
