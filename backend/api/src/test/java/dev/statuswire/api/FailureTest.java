package dev.statuswire.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.statuswire.api.http.ExceptionProblems;
import dev.statuswire.api.http.ProblemException;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.core.link.Link;
import dev.statuswire.core.link.LinkStore;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.store.ListQuery;
import dev.statuswire.core.store.RequestPage;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.store.SubmitOutcome;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.testing.InMemoryRequestStore;
import dev.statuswire.core.transition.Condition;
import dev.statuswire.core.transition.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Isolated, because it collects the server's log, to which other tests would also write. */
@Isolated
final class FailureTest {

    private static final String SECRET = "secret-of-the-input";
    private static final String ANY = "{\"type\":\"test-any\",\"input\":\"" + SECRET + "\"}";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(ExceptionProblems.class);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setAdditive(true);
    }

    private static ApiServer serverThatThrows(Supplier<RuntimeException> failure) {
        var index = new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS);
        return ApiServer.start(new ApiServer.Parts(new Broken(failure), index));
    }

    private static StoreException unreachable() {
        return new StoreException(
                "read of something", new IllegalStateException("com.amazonaws: timed out"));
    }

    @Test
    void an_unreachable_database_is_503_for_every_call() {
        try (var server = serverThatThrows(FailureTest::unreachable)) {
            ApiClient client = server.client();
            String id = ApiClient.newId();
            for (Answer answer :
                    List.of(
                            client.putJson("/requests/" + id, ANY),
                            client.postJson("/requests", ANY),
                            client.get("/status/" + id),
                            client.get("/requests"),
                            client.post("/requests/" + id + "/cancel"),
                            client.post("/requests/" + id + "/retry"))) {
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.header("Retry-After")).isEqualTo("1");
                assertThat(answer.body()).doesNotContain("amazon", "Exception", "timed out");
            }
            assertThat(client.get("/health").json().at("/components/database").asText())
                    .isEqualTo("down");
        }
    }

    @Test
    void an_unreachable_database_is_503_for_tickets_and_activity() {
        var store = new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS);
        var parts = new ApiServer.Parts(store, store);
        parts.tickets =
                owner -> {
                    throw unreachable();
                };
        parts.activity =
                (username, query) -> {
                    throw unreachable();
                };
        try (var server = ApiServer.start(parts)) {
            assertThat(server.client().post("/live/tickets").status()).isEqualTo(503);
            assertThat(server.client().get("/users/ada/activity").status()).isEqualTo(503);
        }
    }

    @Test
    void an_unexpected_error_is_500_and_reveals_only_a_reference_to_the_log() {
        try (var server =
                serverThatThrows(() -> new IllegalStateException("class Foo of secrets"))) {
            Answer answer = server.client().putJson("/requests/" + ApiClient.newId(), ANY);
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("Foo", "Illegal", "dev.statuswire");
            String reference = answer.json().path("detail").asText().replaceAll(".* ", "");
            assertThat(log.list).hasSize(1);
            assertThat(log.list.getFirst().getLevel()).isEqualTo(Level.ERROR);
            assertThat(log.list.getFirst().getFormattedMessage())
                    .contains(reference)
                    .contains("PUT /requests/")
                    .doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void secret_of_a_link_is_neither_in_the_log_nor_in_a_response(boolean isUnreachable) {
        String secret = "0mBkUvN6_5yYCcf0zWgVJA";
        var store = new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS);
        var parts = new ApiServer.Parts(store, store);
        parts.linkStore =
                new BrokenLinks(
                        () -> isUnreachable ? unreachable() : new IllegalStateException("a bug"));
        try (var server = ApiServer.start(parts)) {
            for (Answer answer :
                    List.of(
                            server.client().get("/links/" + secret + "/status"),
                            server.client().postJson("/links/" + secret + "/answer", "{}"),
                            server.client().post("/links/" + secret + "/tickets"))) {
                assertThat(answer.status()).isEqualTo(isUnreachable ? 503 : 500);
                assertThat(answer.json().get("instance").asText()).startsWith("/links/-/");
                assertThat(answer.body()).doesNotContain(secret);
            }
            assertThat(log.list).isNotEmpty();
            for (ILoggingEvent event : log.list) {
                String trace =
                        event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy());
                assertThat(event.getFormattedMessage() + trace)
                        .contains("/links/-/")
                        .doesNotContain(secret);
            }
        }
    }

    @Test
    void caller_who_cannot_be_checked_is_logged_as_one_warning_without_stack_trace() {
        var store = new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS);
        var parts = new ApiServer.Parts(store, store);
        parts.owners(
                call -> {
                    throw new ProblemException(
                            ProblemKind.ISSUER_UNREACHABLE
                                    .with("Later.")
                                    .withHeader("Retry-After", "1"));
                });
        try (var server = ApiServer.start(parts)) {
            Answer answer = server.client().get("/requests");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(log.list).hasSize(1);
            assertThat(log.list.getFirst().getLevel()).isEqualTo(Level.WARN);
            assertThat(log.list.getFirst().getThrowableProxy()).isNull();
        }
    }

    @Test
    void errors_of_the_client_are_not_logged() {
        try (var server = serverThatThrows(FailureTest::unreachable)) {
            server.client().putJson("/requests/short", ANY);
            server.client().get("/nowhere");
            assertThat(log.list).isEmpty();
        }
    }

    @Test
    void a_stack_overflow_gives_a_problem_document() {
        var store = new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS);
        var parts = new ApiServer.Parts(store, store);
        parts.owners(
                call -> {
                    throw new StackOverflowError("deep inside");
                });
        try (var server = ApiServer.start(parts)) {
            Answer answer = server.client().get("/requests");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("deep inside");
            String reference = answer.json().path("detail").asText().replaceAll(".* ", "");
            assertThat(log.list).hasSize(1);
            assertThat(log.list.getFirst().getFormattedMessage()).contains(reference);
        }
    }

    private record BrokenLinks(Supplier<RuntimeException> failure) implements LinkStore {

        @Override
        public void add(Link link) {
            throw failure.get();
        }

        @Override
        public Optional<Link> find(String id) {
            throw failure.get();
        }

        @Override
        public List<Link> of(RequestKey request) {
            throw failure.get();
        }

        @Override
        public boolean revoke(RequestKey request, String id) {
            throw failure.get();
        }

        @Override
        public void delete(String id) {
            throw failure.get();
        }
    }

    private record Broken(Supplier<RuntimeException> failure) implements RequestStore {

        @Override
        public SubmitOutcome submit(RequestKey key, Submission submission, Instant now) {
            throw failure.get();
        }

        @Override
        public Optional<Request> findSubmitted(RequestKey key, Submission submission, Instant now) {
            throw failure.get();
        }

        @Override
        public WriteOutcome apply(RequestKey key, Transition transition) {
            throw failure.get();
        }

        @Override
        public Optional<Request> delete(RequestKey key, Condition condition) {
            throw failure.get();
        }

        @Override
        public Optional<Request> find(RequestKey key) {
            throw failure.get();
        }

        @Override
        public RequestPage list(ListQuery query) {
            throw failure.get();
        }
    }
}
