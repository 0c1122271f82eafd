package dev.statuswire.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.testing.InMemoryRequestStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.Test;

/** The first calls to a server that has just started. */
final class FirstCallTest {

    private final InMemoryRequestStore store =
            new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS);

    @Test
    void server_makes_the_first_call_and_the_first_upgrade_before_it_accepts_connections() {
        var calls = new CopyOnWriteArrayList<String>();
        var parts = new ApiServer.Parts(store, store);
        parts.more =
                config ->
                        config.jetty.modifyServer(
                                server -> server.insertHandler(new EarlyCalls(calls)));
        try (var server = ApiServer.start(parts)) {
            assertThat(server.client().get("/identity").status()).isEqualTo(200);
            assertThat(calls).containsExactly("/types", "/types as a WebSocket");
        }
    }

    /** Records the calls that arrive before any connector runs. */
    private static final class EarlyCalls extends Handler.Wrapper {

        private final List<String> calls;

        EarlyCalls(List<String> calls) {
            this.calls = calls;
        }

        @Override
        public boolean handle(Request call, Response response, Callback callback) throws Exception {
            if (Stream.of(getServer().getConnectors()).noneMatch(LifeCycle::isRunning)) {
                boolean isUpgrade = call.getHeaders().contains(HttpHeader.SEC_WEBSOCKET_VERSION);
                calls.add(call.getHttpURI().getPath() + (isUpgrade ? " as a WebSocket" : ""));
            }
            return super.handle(call, response, callback);
        }
    }

    @Test
    void concurrent_first_calls_all_succeed() throws Exception {
        try (var server = ApiServer.start(new ApiServer.Parts(store, store));
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var together = new CountDownLatch(1);
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(
                        clients.submit(
                                () -> {
                                    together.await();
                                    return server.client().get("/types");
                                }));
            }
            together.countDown();
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void first_call_that_waits_for_a_change_does_not_block_other_calls() throws Exception {
        var waits = new CountDownLatch(1);
        var change = new CountDownLatch(1);
        var parts = new ApiServer.Parts(store, store);
        parts.waiting =
                (_, _) -> {
                    waits.countDown();
                    change.await();
                    return false;
                };
        String id = ApiClient.newId();
        var stored =
                store.submit(
                                new RequestKey("local", id),
                                new Submission("test-any", "{}"),
                                Instant.EPOCH)
                        .request();
        try (var server = ApiServer.start(parts);
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Answer> first =
                    clients.submit(
                            () ->
                                    server.client()
                                            .get(
                                                    "/status/" + id,
                                                    "Prefer",
                                                    "wait=1",
                                                    "If-None-Match",
                                                    "\"" + stored.life() + "-1\""));
            waits.await();

            assertThat(server.client().get("/types").status()).isEqualTo(200);
            change.countDown();
            assertThat(first.get().status()).isIn(200, 304);
        }
    }
}
