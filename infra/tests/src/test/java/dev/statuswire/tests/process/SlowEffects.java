package dev.statuswire.tests.process;

import dev.statuswire.sdk.Pace;
import java.util.List;

/** A slow type with three effects; the worker runs it. */
public final class SlowEffects extends EffectType {

    public static final String NAME = "slow-effects";
    public static final List<String> STEPS = List.of("first", "second", "third");

    public SlowEffects() {
        super(NAME, Pace.SLOW, STEPS);
    }
}
