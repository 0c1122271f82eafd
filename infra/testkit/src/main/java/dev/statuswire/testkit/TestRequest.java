package dev.statuswire.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.link.Link;
import dev.statuswire.core.request.HistoryEntry;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.Wait;
import dev.statuswire.sdk.InvalidInputException;
import dev.statuswire.sdk.JsonConversion;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A submitted request. Nothing happens until the test calls {@link #run}, {@link #advance} or
 * {@link #runUntilIdle}; then all requests of the test proceed, on the calling thread. Steps take
 * no virtual time. For use by one thread, except that a fake may {@link #cancel} during a step.
 *
 * @param <I> the type of the input
 */
public final class TestRequest<I> {

    private final World<I> world;
    private final RequestKey key;

    TestRequest(World<I> world, RequestKey key) {
        this.world = world;
        this.key = key;
    }

    /**
     * A call of {@code StepContext.progress}.
     *
     * @param step the step that reported it; if its undo did, its name with {@code /undo} at the
     *     end
     * @param percent of the step, as reported
     * @param message for users, as reported
     */
    public record Progress(String step, int percent, String message) {}

    /**
     * Works on the test's requests until nothing is left to do at this time.
     *
     * @return this request
     */
    public TestRequest<I> run() {
        world.run();
        return this;
    }

    /**
     * Works on the test's requests while {@code time} passes: retries those whose backoff ends, and
     * goes on with those whose delay, time to answer or schedule ends.
     *
     * @param time not negative
     * @return this request
     */
    public TestRequest<I> advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time does not go back: " + time);
        }
        world.advance(time);
        return this;
    }

    /**
     * Works on the test's requests until each of them is finished, scheduled, or waits for an
     * answer or a delay. Lets as much virtual time pass as their backoffs take; a wait whose time
     * is up meanwhile ends. To go on after a wait, call {@link #answer} or {@link #advance}.
     *
     * @return this request
     */
    public TestRequest<I> runUntilIdle() {
        world.runUntilIdle();
        return this;
    }

    /**
     * Lets the next run of a step throw an exception instead of running. Several calls plan several
     * failures. {@link #crashEverywhere} plans those of them that have not happened yet.
     *
     * @param step the name of the step
     * @param failure what the step throws
     * @return this request
     * @throws IllegalArgumentException if the type has no such step
     */
    public TestRequest<I> failNext(String step, Exception failure) {
        journal().failNext(world.type().requireStep(step), failure);
        return this;
    }

    /**
     * Lets the next run of a step's undo throw an exception instead of running, like {@link
     * #failNext}.
     *
     * @param step the name of the step
     * @param failure what the undo throws
     * @return this request
     * @throws IllegalArgumentException if the type has no such step, or it has no undo
     */
    public TestRequest<I> failNextUndo(String step, Exception failure) {
        journal().failNext(world.type().requireUndo(step), failure);
        return this;
    }

    /**
     * Answers the request, as its user. The next call of {@link #run}, {@link #advance} or {@link
     * #runUntilIdle} goes on with it. {@link #crashEverywhere} gives the same answer.
     *
     * @param step the name of the step that waits for the answer
     * @param answer an object of the answer's type, or JSON
     * @return this request
     * @throws AssertionError if the request does not wait for an answer to this step: it does not
     *     wait yet, or was answered before
     * @throws IllegalArgumentException if the API would refuse the answer, or if the step never
     *     waits for one
     */
    public TestRequest<I> answer(String step, Object answer) {
        return answer(step, answer, HistoryEntry.OWNER);
    }

    /**
     * Answers the request like {@link #answer}, as a person who has a link to it.
     *
     * @param link from {@link #links}, or from what a fake has recorded
     * @param step the name of the step that waits for the answer
     * @param answer an object of the answer's type, or JSON
     * @return this request
     * @throws AssertionError if the link is not valid for this request or does not allow an answer
     *     to this step, or if the request does not wait for an answer to this step
     * @throws IllegalArgumentException if the API would refuse the answer, or if the step never
     *     waits for one
     */
    public TestRequest<I> answerByLink(URI link, String step, Object answer) {
        Optional<Link> opened = world.links().open(link).filter(it -> it.gives(request()));
        require(opened.isPresent(), "a valid link to the request");
        require(
                opened.filter(it -> it.options().allowsAnswer(step)).isPresent(),
                "a link that allows an answer to step " + step);
        return answer(step, answer, HistoryEntry.LINK);
    }

    private TestRequest<I> answer(String step, Object answer, String by) {
        String json = world.type().answerJson(world.type().requireAnswerable(step), answer);
        require(isWaitingFor(step), "a request that waits for an answer to step " + step);
        world.write(key, (seen, now) -> world.transitions().answer(seen, json, by, now));
        journal().answered(step, json);
        return this;
    }

    private boolean isWaitingFor(String step) {
        return request().status() == Status.WAITING && World.stepThatWaits(request()).equals(step);
    }

    /**
     * Cancels the request, as its user. If steps have to be undone first, the next call of {@link
     * #run}, {@link #advance} or {@link #runUntilIdle} undoes them.
     *
     * @return this request
     * @throws IllegalStateException if it cannot be cancelled, because it is finished, already
     *     being cancelled, or being undone
     */
    public TestRequest<I> cancel() {
        Request seen = request();
        if (!seen.isCancellable()) {
            throw new IllegalStateException("cannot cancel a request that is " + describe());
        }
        world.write(
                key,
                seen.status() == Status.RUNNING
                        ? world.transitions()::cancelRunning
                        : world.transitions()::cancelIdle);
        return this;
    }

    /**
     * Retries the request, as its user. Steps that were undone run again. If an undo has failed,
     * the rest is undone.
     *
     * @return this request
     * @throws IllegalStateException if it is not FAILED or CANCELLED
     */
    public TestRequest<I> retry() {
        if (!request().isRetryable()) {
            throw new IllegalStateException("cannot retry a request that is " + describe());
        }
        world.write(key, world.transitions()::retry);
        return this;
    }

    /**
     * Asserts that the request has succeeded.
     *
     * @return this request
     * @throws AssertionError if it has not
     */
    public TestRequest<I> assertSucceeded() {
        return assertStatus(Status.SUCCEEDED);
    }

    /**
     * Asserts that the request has succeeded with this result, which is the output of its last
     * step. Both are compared as JSON.
     *
     * @param result the expected output of the last step: a record or JSON
     * @return this request
     * @throws AssertionError if it has not
     */
    public TestRequest<I> assertSucceeded(@Nullable Object result) {
        assertSucceeded();
        JsonNode expected = JsonConversion.write(result);
        JsonNode actual = json(request().result());
        // Read as it would be stored, because numbers are compared by their digits.
        require(Json.same(json(Json.write(expected)), actual), "the result " + expected);
        return this;
    }

    /**
     * Asserts that the request has failed.
     *
     * @param code of its error
     * @return this request
     * @throws AssertionError if it has not, or with another code
     */
    public TestRequest<I> assertFailed(String code) {
        RequestError error = request().error();
        require(
                request().status() == Status.FAILED && error != null && error.code().equals(code),
                "a request that is FAILED with the error " + code);
        return this;
    }

    /**
     * Asserts that a step has failed and will be retried after a backoff.
     *
     * @return this request
     * @throws AssertionError if the request has another status
     */
    public TestRequest<I> assertRetrying() {
        return assertStatus(Status.RETRYING);
    }

    /**
     * Asserts that the request waits, for an answer or a time.
     *
     * @param step the name of the step that waits
     * @return this request
     * @throws AssertionError if it does not
     * @throws IllegalArgumentException if the type has no such step
     */
    public TestRequest<I> assertWaitingFor(String step) {
        world.type().requireStep(step);
        require(isWaitingFor(step), "a request that waits for step " + step);
        return this;
    }

    /**
     * Asserts that the request has not started yet, because it was submitted for a later time.
     *
     * @return this request
     * @throws AssertionError if it has another status
     */
    public TestRequest<I> assertScheduled() {
        return assertStatus(Status.SCHEDULED);
    }

    /**
     * Asserts which steps were undone. Steps that run again after a retry do not count any more.
     *
     * @param steps the names of all of them, in the order in which they were undone: the last step
     *     first; none if no step was undone
     * @return this request
     * @throws AssertionError if others were undone
     * @throws IllegalArgumentException if the type has no such step, or it has no undo
     */
    public TestRequest<I> assertUndone(String... steps) {
        List<String> expected = List.of(steps);
        expected.forEach(world.type()::requireUndo);
        require(
                world.outcome(key).undone().equals(expected),
                "a request whose undone steps are " + expected);
        return this;
    }

    /**
     * Asserts that the request was cancelled.
     *
     * @return this request
     * @throws AssertionError if it has another status
     */
    public TestRequest<I> assertCancelled() {
        return assertStatus(Status.CANCELLED);
    }

    private TestRequest<I> assertStatus(Status status) {
        require(request().status() == status, "a request that is " + status);
        return this;
    }

    private void require(boolean holds, String expected) {
        if (!holds) {
            throw new AssertionError(
                    "expected " + expected + ", but found " + this, journal().thrown());
        }
    }

    /** {@return the status} */
    public Status status() {
        return request().status();
    }

    /**
     * {@return the output of a step}
     *
     * @param step the name of the step
     * @param type the class to convert the output to
     * @param <T> the type to convert the output to
     * @throws AssertionError if the step has not finished
     * @throws IllegalArgumentException if the type has no such step, or the output does not fit
     */
    public <T> T output(String step, Class<T> type) {
        world.type().requireStep(step);
        String output =
                request().steps().stream()
                        .filter(state -> state.name().equals(step))
                        .map(StepState::output)
                        .flatMap(Stream::ofNullable)
                        .findFirst()
                        .orElse(null);
        require(output != null, "an output of step " + step);
        try {
            return JsonConversion.read(json(output), type);
        } catch (InvalidInputException misfit) {
            throw new IllegalArgumentException(
                    "the output of step " + step + " is no " + type.getSimpleName(), misfit);
        }
    }

    /**
     * {@return how often a step was started, including runs that failed}
     *
     * @param step the name of the step
     * @throws IllegalArgumentException if the type has no such step
     */
    public int runs(String step) {
        return journal().runs(world.type().requireStep(step));
    }

    /**
     * {@return how often the undo of a step was started, including runs that failed}
     *
     * @param step the name of the step
     * @throws IllegalArgumentException if the type has no such step, or it has no undo
     */
    public int undoRuns(String step) {
        return journal().runs(world.type().requireUndo(step));
    }

    /**
     * {@return what the request asks its user to answer}
     *
     * @throws AssertionError if it does not wait for an answer
     */
    public String prompt() {
        Wait wait = request().waitingFor();
        require(wait != null && wait.isForAnswer(), "a request that waits for an answer");
        return String.valueOf(Objects.requireNonNull(wait).prompt());
    }

    /**
     * {@return the URLs of the links that the steps created with {@code StepContext.link}, oldest
     * first, also those of runs that failed}
     */
    public List<URI> links() {
        return journal().links();
    }

    /**
     * {@return all progress that the steps reported, oldest first, whether or not it was stored}
     */
    public List<Progress> progress() {
        return journal().progress();
    }

    /**
     * {@return the key that a step passes to services}
     *
     * @param step the name of the step
     * @throws IllegalArgumentException if the type has no such step
     */
    public String effectKey(String step) {
        return request().effectKey(world.type().requireStep(step));
    }

    /**
     * {@return the effects that have happened under the effect key of a step, oldest first}
     *
     * @param step the name of the step
     * @throws IllegalArgumentException if the type has no such step
     * @see Effects
     */
    public List<String> effects(String step) {
        return world.effects().of(effectKey(step));
    }

    /**
     * {@return the effects that have happened under the effect key of the undo of a step, oldest
     * first}
     *
     * @param step the name of the step
     * @throws IllegalArgumentException if the type has no such step, or it has no undo
     * @see Effects
     */
    public List<String> undoEffects(String step) {
        world.type().requireUndo(step);
        return world.effects().of(Journal.undoOf(effectKey(step)));
    }

    /**
     * Processes the same input many times, each time in a new world with one disturbance, and
     * compares status, error code, outputs and {@linkplain Effects effects} with those of an
     * undisturbed run. Of what the test has done with this request so far, only these have an
     * influence: failures that are planned with {@link #failNext} or {@link #failNextUndo}, and the
     * answers, also those by link. So either {@link #answer} each step that waits for one before,
     * or let the time to answer pass; each schedule does the same. It lets all delays pass, starts
     * the request at once and neither cancels nor retries it. These are the disturbances, each
     * before and after every write of a worker, every end of a wait, and every call of a fake whose
     * client is an interface:
     *
     * <ul>
     *   <li>The process dies; a new process continues once the request is due.
     *   <li>The process pauses until another process has finished the request, then goes on.
     *   <li>All stream records so far are delivered again, to another process.
     *   <li>The same object of the type processes another request, whose input is the type's
     *       example. So test an input that differs from the example.
     * </ul>
     *
     * <p>It always finds these faults, if they change the status, an output or an effect that is
     * reported to {@link Effects}:
     *
     * <ul>
     *   <li>an effect of a step or its undo without a key, or with another key in each run
     *   <li>state that one step leaves in a field for a later one, or for an undo
     *   <li>a field or static field that counts or collects across requests
     *   <li>an output or effect with the time, if it has milliseconds or comes from a {@link
     *       java.time.Clock} or {@link java.time.InstantSource} of {@code environment().once}
     * </ul>
     *
     * <p>It does not always find the following: the seconds or the date of the real clock, unless
     * they change during the test; random content, if all runs happen to get the same; the secrets
     * of {@linkplain #links links}, because each run of a step creates another link; a field that
     * another request overwrites, if the example overwrites it with the same value. It never finds
     * races between threads.
     *
     * @return this request
     * @throws AssertionError if an outcome differs; the message has the step, the disturbance and
     *     the seed that replays the schedule. Also if the undisturbed request ends with {@code
     *     step-failed} or {@code undo-failed}, unless the type or {@link #failNext} wants that; and
     *     if it waits for an answer that the test has not given
     */
    public TestRequest<I> crashEverywhere() {
        crashTest().runAll();
        return this;
    }

    /**
     * Runs one schedule of {@link #crashEverywhere()}.
     *
     * @param seed from the message of a failure; the schedule is the same as long as the type makes
     *     the same writes and effects
     * @return this request
     * @throws IllegalArgumentException if there is no such schedule
     */
    public TestRequest<I> crashEverywhere(long seed) {
        crashTest().run(seed);
        return this;
    }

    private CrashSchedules<I> crashTest() {
        return new CrashSchedules<>(world.type(), request(), journal());
    }

    Request request() {
        return world.get(key);
    }

    private Journal journal() {
        return world.journal(key);
    }

    private static JsonNode json(@Nullable String text) {
        return Json.parse(String.valueOf(text)).orElseThrow();
    }

    private String describe() {
        return world.outcome(key).toString();
    }

    /** {@return the status, the error, and a line for each step} */
    @Override
    public String toString() {
        return world.type().definition().name()
                + " "
                + describe()
                + world.type().definition().stepNames().stream()
                        .map(this::line)
                        .collect(Collectors.joining());
    }

    private String line(String step) {
        StepState state =
                request().steps().stream()
                        .filter(it -> it.name().equals(step))
                        .findFirst()
                        .orElseGet(() -> StepState.pending(step));
        return "%n  %s: %s, %d runs%s"
                .formatted(
                        step,
                        state.status(),
                        runs(step),
                        state.output() == null ? "" : ", output " + state.output());
    }
}
