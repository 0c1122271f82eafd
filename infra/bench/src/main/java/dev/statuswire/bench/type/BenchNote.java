package dev.statuswire.bench.type;

import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.RequestType;
import jakarta.validation.constraints.Size;

/**
 * {@code bench-note}: one step that does nothing, so that the benchmarks measure only Statuswire.
 */
public final class BenchNote implements RequestType<BenchNote.Note> {

    public static final String NAME = "bench-note";

    /** The usual length of a note's text. */
    public static final int LETTERS = 100;

    /** The body that submits a note of this length. */
    public static final String SUBMISSION = submission(LETTERS);

    /** Returns an input with a text of {@code letters} letters. */
    public static String input(int letters) {
        return "{\"text\":\"" + "x".repeat(letters) + "\"}";
    }

    /** Returns the body of a submission with such an input. */
    public static String submission(int letters) {
        return "{\"type\":\"%s\",\"input\":%s}".formatted(NAME, input(letters));
    }

    record Note(@Size(max = 60_000) String text) {}

    record Noted(boolean noted) {}

    @Override
    public Definition<Note> define() {
        return Definition.of(NAME, Note.class)
                .title("Take a note")
                .description("Does nothing with a text.")
                .example(new Note("hello"))
                .step("note", Noted.class, context -> new Noted(true))
                .build();
    }
}
