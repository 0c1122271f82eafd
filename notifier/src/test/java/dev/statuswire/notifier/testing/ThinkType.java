package dev.statuswire.notifier.testing;

import dev.statuswire.core.testing.TestType;
import dev.statuswire.core.type.RequestTypes;
import java.util.List;

/** A request type of one step, {@code think}. */
public final class ThinkType {

    /** The name of the type. */
    public static final String NAME = "ponder";

    private ThinkType() {}

    /** Returns the types of a process that has only this one. */
    public static RequestTypes types() {
        return RequestTypes.of(List.of(TestType.of(NAME, "think")));
    }
}
