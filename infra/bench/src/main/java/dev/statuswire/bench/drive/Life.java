package dev.statuswire.bench.drive;

import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.store.DynamoDbRequestStore;
import dev.statuswire.core.store.Outcome;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.table.TableDefinition;
import dev.statuswire.core.transition.Timing;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Takes requests through a whole life that goes well, by the core's own transitions in a table of
 * its own, so that nobody else writes to them.
 */
public final class Life {

    private static final String TABLE = "bench-life";
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final String OUTPUT = "{}";

    private final Transitions transitions = new Transitions(Timing.DEFAULT);
    private final RequestStore store;

    private Life(DynamoDbClient client) {
        this.store = new DynamoDbRequestStore(client, TABLE, transitions);
    }

    /** Makes the table. */
    public static Life in(DynamoDbClient client) {
        client.createTable(TableDefinition.REQUESTS.named(TABLE));
        return new Life(client);
    }

    /**
     * From its submission to its success, each step with the output {@code {}} and a word of
     * progress: a write each for submission and claim, and one for each step. A single step is a
     * quick one, and needs no claim.
     *
     * @param input JSON
     * @throws IllegalStateException where a write is refused
     */
    public RequestKey live(String type, List<String> steps, String input) {
        var key = new RequestKey("0199f0a4-7b1c-7c3e-9d55-1f0a2b3c4d5e", Api.newId());
        Request request = store.submit(key, new Submission(type, input), START).request();
        if (steps.size() == 1) {
            request =
                    request.begunUnclaimed(StepState.begun(steps, List.of(), START.plusMillis(10)));
            done(
                    key,
                    transitions.succeedUnclaimed(
                            request, succeeded(request, 0), OUTPUT, START.plusMillis(90)));
            return key;
        }
        request = done(key, transitions.claim(request, steps, START.plusMillis(10)));
        int last = steps.size() - 1;
        for (int step = 0; step < last; step++) {
            var progress = new Progress(100 * (step + 1) / steps.size(), "");
            Instant now = START.plusMillis(20 + step);
            request =
                    done(
                            key,
                            transitions.commitStep(
                                    request, step, succeeded(request, step), progress, now));
        }
        request =
                done(
                        key,
                        transitions.succeed(
                                request, succeeded(request, last), OUTPUT, START.plusMillis(90)));
        if (request.status() != Status.SUCCEEDED) {
            throw new IllegalStateException(key + " is " + request.status());
        }
        return key;
    }

    private static StepState succeeded(Request request, int step) {
        return request.steps().get(step).succeeded(OUTPUT, START.plusMillis(20 + step));
    }

    private Request done(RequestKey key, Transition transition) {
        return switch (store.apply(key, transition)) {
            case Outcome.Done(Request request) -> request;
            case Outcome.Refused refused ->
                    throw new IllegalStateException(key + " was refused: " + refused);
        };
    }

    /** Reads a status, as the API does. */
    public void read(RequestKey key) {
        if (store.find(key).isEmpty()) {
            throw new IllegalStateException(key + " is not there");
        }
    }
}
