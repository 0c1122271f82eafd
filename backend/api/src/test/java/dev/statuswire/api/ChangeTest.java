package dev.statuswire.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.api.testing.TestTypes;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.store.DueIndex;
import dev.statuswire.core.store.DynamoDbRequestStore;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.core.testing.ForwardingStore;
import dev.statuswire.core.testing.InMemoryRequestStore;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ChangeTest {

    @RegisterExtension static final DynamoDbLocal LOCAL = new DynamoDbLocal();

    private final Instant now = Instant.now();
    private static final Transitions TRANSITIONS = ApiServer.Parts.TRANSITIONS;

    private final String table = LOCAL.newRequestsTable();
    private final DynamoDbRequestStore store =
            new DynamoDbRequestStore(LOCAL.client(), table, TRANSITIONS);
    private final ApiServer server = ApiServer.over(LOCAL.client(), table);
    private final ApiClient client = server.client();
    private final RequestKey key = new RequestKey("local", ApiClient.newId());

    @AfterEach
    void stop() {
        server.close();
    }

    private Request submitted() {
        return store.submit(key, new Submission(TestTypes.ANY, "{}"), now).request();
    }

    private Request running() {
        return applied(TRANSITIONS.claim(submitted(), List.of("only"), Set.of(), now));
    }

    private Request applied(Transition transition) {
        return ((WriteOutcome.Done) store.apply(key, transition)).request();
    }

    private void failed() {
        applied(TRANSITIONS.fail(running(), new RequestError("no", "No.", "only", true), now));
    }

    private void succeeded() {
        Request held = running();
        applied(
                TRANSITIONS.succeed(
                        held, 0, held.steps().getFirst().succeeded("{}", now), "{}", now));
    }

    private void retrying() {
        Request held = running();
        applied(
                TRANSITIONS.retryLater(
                        held, 3, new RequestError("no", "No.", "only", true), now, now));
    }

    private Answer cancel() {
        return client.post("/requests/" + key.id() + "/cancel");
    }

    private Answer retry() {
        return client.post("/requests/" + key.id() + "/retry");
    }

    private static String status(Answer answer) {
        return answer.json().path("status").asText();
    }

    @Test
    void an_unclaimed_request_is_cancelled_at_once() {
        submitted();
        Answer answer = cancel();
        assertThat(answer.status()).isEqualTo(202);
        assertThat(status(answer)).isEqualTo("CANCELLED");
        assertThat(answer.has("Retry-After")).isFalse();
    }

    @Test
    void a_retrying_request_is_cancelled_at_once() {
        retrying();
        assertThat(status(cancel())).isEqualTo("CANCELLED");
    }

    @Test
    void cancelling_a_running_request_asks_its_worker_to_stop() {
        running();
        Answer answer = cancel();
        assertThat(answer.status()).isEqualTo(202);
        assertThat(status(answer)).isEqualTo("RUNNING");
        assertThat(answer.json().path("cancelRequested").asBoolean()).isTrue();
        assertThat(answer.json().at("/links/cancel").isNull()).isTrue();
    }

    @Test
    void cancelling_a_running_request_twice_has_the_effect_of_once() {
        running();
        Answer first = cancel();
        Answer second = cancel();
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.json()).isEqualTo(first.json());
    }

    @Test
    void cancelling_a_cancelled_request_is_200() {
        submitted();
        cancel();
        Answer again = cancel();
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("version").asInt()).isEqualTo(2);
    }

    @Test
    void a_succeeded_request_cannot_be_cancelled() {
        succeeded();
        Answer answer = cancel();
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem()).isEqualTo("wrong-status");
    }

    @Test
    void a_failed_request_cannot_be_cancelled() {
        failed();
        assertThat(cancel().status()).isEqualTo(409);
    }

    @Test
    void an_unknown_request_can_be_neither_cancelled_nor_retried() {
        assertThat(cancel().status()).isEqualTo(404);
        assertThat(retry().status()).isEqualTo(404);
    }

    @Test
    void a_failed_request_can_be_retried() {
        failed();
        Answer answer = retry();
        assertThat(answer.status()).isEqualTo(202);
        assertThat(status(answer)).isEqualTo("ACCEPTED");
        assertThat(answer.json().path("error").isNull()).isTrue();
        assertThat(answer.header("Location")).isEqualTo("/status/" + key.id());
    }

    @Test
    void a_cancelled_request_can_be_retried() {
        submitted();
        cancel();
        assertThat(retry().status()).isEqualTo(202);
    }

    @Test
    void an_unfinished_request_cannot_be_retried() {
        submitted();
        assertThat(retry().status()).isEqualTo(409);
        applied(TRANSITIONS.claim(store.find(key).orElseThrow(), List.of("only"), Set.of(), now));
        assertThat(retry().status()).isEqualTo(409);
    }

    @Test
    void a_succeeded_request_cannot_be_retried() {
        succeeded();
        assertThat(retry().status()).isEqualTo(409);
    }

    @Test
    void a_cancel_is_409_if_the_request_changes_before_each_write() {
        var moving = new InMemoryRequestStore(TRANSITIONS);
        moving.submit(key, new Submission(TestTypes.ANY, "{}"), now);
        try (var other = serverBeforeEachWrite(moving, this::moved)) {
            Answer answer = other.client().post("/requests/" + key.id() + "/cancel");
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.json().path("detail").asText()).contains("try again");
        }
    }

    /** Returns a transition that changes the request's status before a cancel is written. */
    private Transition moved(Request request) {
        return switch (request.status()) {
            case RUNNING -> TRANSITIONS.handBack(request, now);
            default -> TRANSITIONS.claim(request, List.of("only"), Set.of(), now);
        };
    }

    private static ApiServer serverBeforeEachWrite(
            InMemoryRequestStore store, Function<Request, Transition> change) {
        return ApiServer.start(
                new ApiServer.Parts(new ConcurrentlyChangedStore(store, change), (DueIndex) store));
    }

    /**
     * Applies a change before each write, so that no write finds the request that its caller read.
     */
    private static final class ConcurrentlyChangedStore extends ForwardingStore {

        private final Function<Request, Transition> change;

        ConcurrentlyChangedStore(RequestStore store, Function<Request, Transition> change) {
            super(store);
            this.change = change;
        }

        @Override
        public WriteOutcome apply(RequestKey key, Transition transition) {
            super.apply(key, change.apply(find(key).orElseThrow()));
            return super.apply(key, transition);
        }
    }
}
