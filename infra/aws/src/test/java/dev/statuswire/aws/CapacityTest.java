package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.request.HistoryEntry;
import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.request.Undoing;
import dev.statuswire.core.request.Wait;
import dev.statuswire.core.store.DynamoDbRequestStore;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.transition.Transitions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Measures the write and read units of a request as DynamoDB counts them ({@code
 * ReturnConsumedCapacity}), and compares them with the table in docs/reference/aws.md.
 */
final class CapacityTest {

    @RegisterExtension static final DynamoDbLocal DYNAMO_DB = new DynamoDbLocal();

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final RequestKey KEY =
            new RequestKey(
                    "0199f0a4-7b1c-7c3e-9d55-1f0a2b3c4d5e", "0199f0a4-8000-7000-8000-00000000000a");

    private final Transitions transitions = new Transitions(TransitionTiming.DEFAULT);
    private final MeteredClient metered = new MeteredClient(DYNAMO_DB.client());
    private final RequestStore store =
            new DynamoDbRequestStore(metered.client(), DYNAMO_DB.newRequestsTable(), transitions);

    @Test
    void quick_request_of_one_step_whose_item_is_under_1_KB_costs_at_most_4_write_units() {
        assertThat(unclaimedWriteUnits(100)).isLessThanOrEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 10240, 65536})
    void documentation_states_the_cost_of_a_request_without_a_claim(int inputBytes) {
        assertThat(Path.of("../../docs/reference/aws.md"))
                .content()
                .contains(
                        "| 1, quick | %d | %.0f |"
                                .formatted(inputBytes, unclaimedWriteUnits(inputBytes)));
    }

    @ParameterizedTest
    @CsvSource({
        "1,    100",
        "3,    100",
        "1,  10240",
        "3,  10240",
        "1,  65536",
        "3,  65536",
    })
    void documentation_states_the_cost_of_a_request(int steps, int inputBytes) {
        double units = writeUnits(steps, inputBytes);

        assertThat(Path.of("../../docs/reference/aws.md"))
                .content()
                .contains("| %d | %d | %.0f |".formatted(steps, inputBytes, units));
    }

    @Test
    void status_costs_one_read_unit_for_each_4_KB_of_its_item() {
        submit(100);
        metered.reset();
        store.find(KEY);

        assertThat(metered.readUnits()).isEqualTo(1);
    }

    /**
     * Returns the write units of a quick request with one step that succeeds on its first delivery.
     */
    private double unclaimedWriteUnits(int inputBytes) {
        metered.reset();
        Request started =
                submit(inputBytes)
                        .startedUnclaimed(
                                StepState.started(
                                        List.of("step-0"),
                                        Set.of(),
                                        List.of(),
                                        START.plusMillis(100)));
        Request request =
                done(
                        transitions.succeedUnclaimed(
                                started, finished(started, 0), "{}", START.plusMillis(500)));
        assertThat(request.status()).isEqualTo(Status.SUCCEEDED);
        return metered.writeUnits();
    }

    private double writeUnits(int steps, int inputBytes) {
        metered.reset();
        Request request = submit(inputBytes);
        List<String> names = IntStream.range(0, steps).mapToObj(i -> "step-" + i).toList();
        request = done(transitions.claim(request, names, Set.of(), START.plusMillis(100)));
        for (int i = 0; i < steps - 1; i++) {
            request =
                    done(
                            transitions.commitStep(
                                    request,
                                    i,
                                    finished(request, i),
                                    progress(i, steps),
                                    START.plusMillis(200 + i)));
        }
        request =
                done(
                        transitions.succeed(
                                request,
                                steps - 1,
                                finished(request, steps - 1),
                                "{}",
                                START.plusMillis(900)));
        assertThat(request.status()).isEqualTo(Status.SUCCEEDED);
        return metered.writeUnits();
    }

    /** The wait and its end each update the index; a commit does not. */
    @Test
    void documentation_states_the_cost_of_a_wait() {
        metered.reset();
        List<String> names = List.of("step-0", "step-1", "step-2");
        Request held = done(transitions.claim(submit(100), names, Set.of(), START.plusMillis(100)));
        held = committed(held, 0);
        var what = new Wait("step-1", true, "Approve?", null);
        Request waiting =
                done(
                        transitions.waitFor(
                                held, what, START.plusSeconds(600), START.plusMillis(300)));
        Request answered =
                done(transitions.answer(waiting, "{}", HistoryEntry.OWNER, START.plusMillis(400)));
        held = done(transitions.claim(answered, names, Set.of(), START.plusMillis(500)));
        done(transitions.succeed(held, 2, finished(held, 2), "{}", START.plusMillis(900)));

        assertThat(Path.of("../../docs/reference/aws.md"))
                .content()
                .contains(
                        "If one of three steps waits, it is %.0f instead of 7"
                                .formatted(metered.writeUnits()));
    }

    @Test
    void undone_step_costs_one_write_unit() {
        Set<String> undoable = Set.of("step-0");
        List<String> names = List.of("step-0", "step-1");
        Request held = done(transitions.claim(submit(100), names, undoable, START.plusMillis(100)));
        held = committed(held, 0);
        var error = new RequestError("no", "No.", "step-1", false);
        Request turned =
                done(
                        transitions.turnBack(
                                held,
                                new Undoing(Status.FAILED, error),
                                false,
                                START.plusMillis(300)));
        metered.reset();

        Request undone = done(transitions.undoStep(turned, 0, START.plusMillis(400)));

        assertThat(undone.hasStepToUndo()).isFalse();
        assertThat(metered.writeUnits()).isEqualTo(1);
    }

    private Request committed(Request held, int step) {
        return done(
                transitions.commitStep(
                        held,
                        step,
                        finished(held, step),
                        progress(step, held.steps().size()),
                        START.plusMillis(200)));
    }

    private Request submit(int inputBytes) {
        String input = "\"" + "x".repeat(inputBytes - 2) + "\"";
        return store.submit(KEY, new Submission("register-user", input), START).request();
    }

    private Request done(Transition transition) {
        return ((WriteOutcome.Done) store.apply(KEY, transition)).request();
    }

    private static StepState finished(Request request, int index) {
        return request.steps().get(index).succeeded("{}", START.plusMillis(500));
    }

    private static Progress progress(int step, int steps) {
        return new Progress(100 * (step + 1) / steps, "");
    }
}
