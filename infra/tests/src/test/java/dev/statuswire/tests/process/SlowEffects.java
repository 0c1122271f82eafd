package dev.statuswire.tests.process;

import dev.statuswire.core.type.Pace;
import java.util.List;

/** Three effects, made by the worker. */
public final class SlowEffects extends EffectType {

    public static final String NAME = "slow-effects";
    public static final List<String> STEPS = List.of("first", "second", "third");

    public SlowEffects() {
        super(NAME, Pace.SLOW, STEPS);
    }
}
