package dev.statuswire.bench.drive;

import dev.statuswire.bench.type.BenchNote;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.transition.Timing;
import dev.statuswire.core.transition.Transitions;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The request that is submitted again and again. */
public final class Note {

    /** How long its text is where nothing else is said. */
    public static final int LETTERS = 100;

    private static final Transitions TRANSITIONS = new Transitions(Timing.DEFAULT);

    private Note() {}

    /** Its input, with so many letters. */
    public static String input(int letters) {
        return "{\"text\":\"" + "x".repeat(letters) + "\"}";
    }

    /** The item that a submission of one by {@code owner} writes now, with an id of its own. */
    public static Map<String, AttributeValue> newItem(String owner) {
        var key = new RequestKey(owner, Api.newId());
        return TRANSITIONS.submit(
                key, new Submission(BenchNote.NAME, input(LETTERS)), Instant.now());
    }
}
