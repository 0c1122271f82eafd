package dev.statuswire.tests.load;

import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.RequestType;
import org.jspecify.annotations.Nullable;

/** A quick request type with an arbitrarily large input, so that a few frames fill a buffer. */
public final class LargeTextType implements RequestType<LargeTextType.Bulletin> {

    record Bulletin(@Nullable String text) {}

    record Printed() {}

    @Override
    public Definition<Bulletin> define() {
        return Definition.of("bulletin", Bulletin.class)
                .title("A bulletin")
                .description("A text of any size.")
                .example(new Bulletin(null))
                .step("print", Printed.class, _ -> new Printed())
                .build();
    }
}
