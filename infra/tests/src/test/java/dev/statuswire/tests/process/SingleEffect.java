package dev.statuswire.tests.process;

import dev.statuswire.sdk.Pace;
import java.util.List;

/** A quick type with one effect; the stream processor runs it, and it needs no claim. */
public final class SingleEffect extends EffectType {

    public static final String NAME = "single-effect";

    public SingleEffect() {
        super(NAME, Pace.QUICK, List.of("first"));
    }
}
