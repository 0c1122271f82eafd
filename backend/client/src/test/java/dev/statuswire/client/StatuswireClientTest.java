package dev.statuswire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statuswire.client.StatusDocument.Status;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments, and a client that is closed. The contract with a server is tested elsewhere. */
final class StatuswireClientTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://127.0.0.1",
                "/path",
                "http:",
                "http://user@host",
                "http://host?a=b",
                "http://host#a"
            })
    void server_must_be_an_http_url(String server) {
        assertThatThrownBy(() -> StatuswireClient.builder(URI.create(server)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void query_must_be_valid() {
        RequestQuery query = RequestQuery.all();

        assertThatThrownBy(() -> query.limit(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> query.limit(101)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> query.status(Status.UNKNOWN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> query.type("a b")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a,b", "trip/42", "ä"})
    void tag_of_a_query_must_be_valid(String tag) {
        assertThatThrownBy(() -> RequestQuery.all().tag(tag))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void query_is_encoded() {
        RequestQuery query =
                RequestQuery.all()
                        .status(Status.FAILED, Status.CANCELLED)
                        .type("place-order")
                        .limit(5)
                        .cursor("x/y");

        assertThat(HttpCalls.list(query).path())
                .isEqualTo(
                        "/requests?status=FAILED%2CCANCELLED&type=place-order&limit=5&cursor=x%2Fy");
    }

    @Test
    void query_with_tags_is_encoded_and_keeps_its_other_filters() {
        RequestQuery query =
                RequestQuery.all()
                        .tag("trip-42", "team:sales")
                        .status(Status.WAITING)
                        .type("place-order");

        assertThat(HttpCalls.list(query.limit(5).cursor("x")).path())
                .isEqualTo(
                        "/requests?status=WAITING&type=place-order&tag=trip-42%2Cteam%3Asales&limit=5&cursor=x");
        assertThat(HttpCalls.list(query.tag()).path())
                .isEqualTo("/requests?status=WAITING&type=place-order&limit=50");
    }

    @Test
    void answer_and_delete_are_calls_of_the_contract() {
        var http =
                new HttpCalls(
                        URI.create("http://127.0.0.1:9"),
                        null,
                        HttpClient.newHttpClient(),
                        null,
                        Runnable::run);
        HttpCalls.Call<?> answer = http.answer("some-id-1", "{}");
        HttpCalls.Call<?> delete = HttpCalls.delete("some-id-1");

        assertThat(answer.method() + " " + answer.path())
                .isEqualTo("POST /requests/some-id-1/answer");
        assertThat(answer.body()).isEqualTo("{}");
        assertThat(delete.method() + " " + delete.path()).isEqualTo("DELETE /requests/some-id-1");
        assertThat(delete.body()).isNull();
    }

    @Test
    void invalid_arguments_are_refused_before_a_call() {
        try (StatuswireClient client =
                StatuswireClient.builder(URI.create("http://127.0.0.1:9")).build()) {
            assertThatThrownBy(() -> client.answer("a/b", "approve", Map.of()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> client.answer("some-id-1", "approve", Double.NaN))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> client.delete("a/b"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> client.createLink("a/b", LinkOptions.watch()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> client.links("a/b"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> client.revokeLink("some-id-1", "a/b"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> client.submit("short", "place-order", 1, SubmitOptions.none()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void closed_client_sends_nothing_and_its_watches_are_refused() throws Exception {
        StatuswireClient client =
                StatuswireClient.builder(URI.create("http://127.0.0.1:9")).build();
        Watch watch = client.watch("some-id-1", document -> {});
        client.close();
        client.close();

        watch.end().get();
        assertThatThrownBy(() -> client.get("some-id-1"))
                .isInstanceOf(NoResponseException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> client.submit("place-order", Map.of()))
                .isInstanceOf(NoResponseException.class);
        assertThatThrownBy(() -> client.watch(document -> {}))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> client.await("some-id-1", Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void interrupted_call_ends_and_leaves_the_thread_interrupted() {
        try (StatuswireClient client =
                StatuswireClient.builder(URI.create("http://127.0.0.1:9")).build()) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> client.submit("place-order", Map.of()))
                    .isInstanceOf(NoResponseException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
