package dev.statuswire.tests.process;

import dev.statuswire.sdk.Pace;
import java.util.List;

/** A quick type with two effects; the stream processor runs it. */
public final class QuickEffects extends EffectType {

    public static final String NAME = "quick-effects";
    public static final List<String> STEPS = List.of("first", "second");

    public QuickEffects() {
        super(NAME, Pace.QUICK, STEPS);
    }
}
