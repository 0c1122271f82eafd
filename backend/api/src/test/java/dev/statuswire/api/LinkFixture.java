package dev.statuswire.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.link.InMemoryLinks;
import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.request.Wait;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.testing.InMemoryRequestStore;
import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.core.testing.TestType;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.core.type.RequestTypes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A server with a request of two steps that wait for answers, and calls of links to it. */
final class LinkFixture implements AutoCloseable {

    static final String YES = "{\"approved\":true}";
    static final String NO = "{\"approved\":false}";

    private static final Transitions TRANSITIONS = ApiServer.Parts.TRANSITIONS;
    private static final List<String> STEPS = List.of("first", "approve", "confirm");

    record Approval(boolean approved) {}

    final ManualClock clock = new ManualClock();
    final InMemoryRequestStore stored = new InMemoryRequestStore(TRANSITIONS, clock);
    final RequestKey key = new RequestKey("local", ApiClient.newId());
    final ApiServer server;
    final ApiClient client;

    LinkFixture() {
        this(parts -> {});
    }

    LinkFixture(Consumer<ApiServer.Parts> change) {
        var parts = new ApiServer.Parts(stored, stored);
        parts.clock = clock;
        parts.linkStore = new InMemoryLinks(clock);
        parts.types =
                RequestTypes.of(
                        List.of(
                                TestType.builder("ask", "{}")
                                        .step("first", JsonNode.class, context -> null)
                                        .answer("approve", Approval.class, options -> {})
                                        .answer("confirm", Approval.class, options -> {})
                                        .build()));
        parts.owners(ApiClient::ownerOf);
        change.accept(parts);
        server = ApiServer.start(parts);
        client = server.client();
    }

    @Override
    public void close() {
        server.close();
    }

    static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"')).orElseThrow();
    }

    /** Submits the request. */
    Request submitted() {
        return stored.submit(key, new Submission("ask", "{\"amount\":7}"), clock.instant())
                .request();
    }

    /** Submits the request and lets it wait for an answer to {@code approve}. */
    Request waiting() {
        Request held = apply(TRANSITIONS.claim(submitted(), STEPS, Set.of(), clock.instant()));
        StepState first = held.steps().getFirst().succeeded("{}", clock.instant());
        Request next =
                apply(
                        TRANSITIONS.commitStep(
                                held, 0, first, Progress.within(1, 3, 0, ""), clock.instant()));
        var what = new Wait("approve", true, "Pay?", null);
        return apply(
                TRANSITIONS.waitFor(
                        next, what, clock.instant().plus(Duration.ofHours(1)), clock.instant()));
    }

    /** Deletes the request and submits another one with the same id. */
    Request replaced() {
        apply(TRANSITIONS.cancelIdle(request(), clock.instant()));
        assertThat(client.send("DELETE", "/requests/" + key.id(), null).status()).isEqualTo(204);
        return submitted();
    }

    Request request() {
        return stored.find(key).orElseThrow();
    }

    Request apply(Transition transition) {
        return ((WriteOutcome.Done) stored.apply(key, transition)).request();
    }

    /** Creates a link with options in JSON with single quotes. */
    Answer create(String options) {
        return client.postJson("/requests/" + key.id() + "/links", json(options).toString());
    }

    /** Creates a link, and returns its secret. */
    String secret(String options) {
        return secret(create(options).json());
    }

    static String secret(JsonNode created) {
        return created.get("url").asText().replaceFirst(".*/l/", "");
    }

    Answer list() {
        return client.get("/requests/" + key.id() + "/links");
    }

    Answer revoke(String linkId) {
        return client.send("DELETE", "/requests/" + key.id() + "/links/" + linkId, null);
    }

    Answer status(String secret, String... headers) {
        return client.get("/links/" + secret + "/status", headers);
    }

    Answer answer(String secret, @Nullable String step, String answer) {
        return client.postJson(
                "/links/" + secret + "/answer",
                "{\"step\":\"%s\",\"answer\":%s}".formatted(step, answer));
    }

    Answer ticket(String secret, String... headers) {
        return client.post("/links/" + secret + "/tickets", headers);
    }
}
