package dev.statuswire.aws.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.LiveSocket;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.transition.Transitions;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Checks of a running stack, in the order in which they run. A failed check throws an {@link
 * AssertionError}. Responses are also checked against {@code openapi.yaml}.
 */
enum Probe {
    /** A request is accepted and stored. */
    SUBMISSION(Part.REST_API) {
        @Override
        void check(ProbedStack stack) {
            String id = ApiClient.newId();
            Answer accepted = stack.client().putJson("/requests/" + id, user(username(id)));
            assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
            assertThat(accepted.header("Location")).isEqualTo("/status/" + id);
            assertThat(accepted.header("Retry-After")).isEqualTo("1");
            assertThat(accepted.header("Cache-Control")).isEqualTo("no-store");
            assertThat(stack.writerOf(id)).startsWith("RestApiDirect");
            Answer same = stack.client().putJson("/requests/" + id, user(username(id)));
            assertThat(same.status()).as(same.body()).isEqualTo(200);
            Answer other = stack.client().putJson("/requests/" + id, user("other"));
            assertThat(other.status()).as(other.body()).isEqualTo(409);
            assertThat(other.header("Content-Type")).isEqualTo("application/problem+json");
        }
    },
    /** An invalid submission is rejected with the right problem. */
    REFUSAL(Part.REST_API) {
        @Override
        void check(ProbedStack stack) {
            ApiClient client = stack.client();
            String path = "/requests/" + ApiClient.newId();
            String wrong = "{\"type\":\"register-user\",\"input\":{\"name\":1}}";
            assertProblem(client.putJson(path, wrong), 422, "invalid-input");
            assertProblem(client.putJson("/requests/short", user("xy")), 400, "malformed-request");
            Answer text =
                    client.send(
                            "PUT",
                            path,
                            user("xy").getBytes(StandardCharsets.UTF_8),
                            "Content-Type",
                            "text/xml");
            assertProblem(text, 415, "unsupported-media-type");
            assertProblem(client.get("/nothing/here"), 404, "not-found");
        }
    },
    /** The status document is that of the stored request, and other owners do not find it. */
    STATUS(Part.REST_API) {
        @Override
        void check(ProbedStack stack) {
            String id = ApiClient.newId();
            Answer accepted = stack.client().putJson("/requests/" + id, user(username(id)));
            Answer status = stack.client().get("/status/" + id);
            assertThat(status.status()).as(status.body()).isEqualTo(200);
            assertThat(status.header("Cache-Control")).isEqualTo("no-cache");
            assertThat(status.json().path("life")).isEqualTo(accepted.json().path("life"));
            assertProblem(stack.client().as("bob").get("/status/" + id), 404, "not-found");
        }
    },
    /** The function handles all other calls and knows the owner of a call. */
    API(Part.REST_API) {
        @Override
        void check(ProbedStack stack) {
            String id = ApiClient.newId();
            ApiClient ada = stack.client().as("ada-" + id);
            ada.putJson("/requests/" + id, user(username(id)));
            Answer list = ada.get("/requests");
            assertThat(list.status()).as(list.body()).isEqualTo(200);
            assertThat(list.json().path("requests").findValuesAsText("id")).contains(id);
            assertThat(ada.get("/users/" + id + "/activity").status()).isEqualTo(200);
            assertThat(ada.post("/requests/" + ApiClient.newId() + "/cancel").status())
                    .isEqualTo(404);
        }
    },
    /** Without a token, only public resources are accessible. */
    LOGIN(Part.EVERYTHING) {
        @Override
        void check(ProbedStack stack) throws Exception {
            for (String path : List.of("/requests", "/status/12345678", "/live/tickets")) {
                HttpResponse<String> refused = stack.page("GET", path);
                assertThat(refused.statusCode()).as(path).isEqualTo(401);
                assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
                        .isEqualTo("Bearer realm=\"statuswire\"");
                HttpResponse<String> asked = stack.page("OPTIONS", path);
                assertThat(asked.statusCode()).as(path).isEqualTo(204);
            }
            for (String path :
                    List.of("/types", "/identity", "/openapi.yaml", "/asyncapi.yaml", "/health")) {
                assertThat(stack.page("GET", path).statusCode()).as(path).isEqualTo(200);
            }
        }
    },
    /** The page is served with its headers, and the API has the same host. */
    PAGE(Part.EVERYTHING) {
        @Override
        void check(ProbedStack stack) throws Exception {
            HttpResponse<String> page = stack.page("GET", "/");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Type").orElse(""))
                    .startsWith("text/html");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'");
            assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");
            String id = ApiClient.newId();
            HttpResponse<String> accepted =
                    stack.page("PUT", "/requests/" + id, user(username(id)));
            assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
            assertThat(stack.page("GET", "/status/" + id, "").statusCode()).isEqualTo(200);
        }
    },
    /** A quick request is processed, and the effects of its steps are recorded as activity. */
    QUICK_WORK(Part.EVERYTHING) {
        @Override
        void check(ProbedStack stack) {
            String id = ApiClient.newId();
            stack.client().putJson("/requests/" + id, user(username(id)));
            stack.await(id + " succeeds", () -> status(stack, id).equals("SUCCEEDED"));
            stack.await(
                    "the activity of " + id,
                    () ->
                            !stack.client()
                                    .get("/users/" + username(id) + "/activity")
                                    .json()
                                    .path("activity")
                                    .isEmpty());
        }
    },
    /** A slow request is passed to the worker. */
    SLOW_WORK(Part.EVERYTHING) {
        @Override
        void check(ProbedStack stack) {
            String id = ApiClient.newId();
            stack.client().putJson("/requests/" + id, ORDER);
            stack.await(id + " succeeds", () -> status(stack, id).equals("SUCCEEDED"));
        }
    },
    /** The sweeper finds the request of a dead worker. */
    SWEEP(Part.EVERYTHING) {
        @Override
        void check(ProbedStack stack) throws Exception {
            String id = abandoned(stack, Instant.now().minus(Duration.ofHours(1)));
            stack.fireSchedules();
            stack.await(id + " succeeds", () -> status(stack, id).equals("SUCCEEDED"));
        }
    },
    /** The sweeper sets a timer for a request that becomes due before its next run. */
    TIMER(Part.EVERYTHING) {
        @Override
        void check(ProbedStack stack) throws Exception {
            Instant almost =
                    Instant.now().minus(TransitionTiming.DEFAULT.startGrace()).plusSeconds(3);
            String id = abandoned(stack, almost);
            stack.fireSchedules();
            stack.await(id + " succeeds", () -> status(stack, id).equals("SUCCEEDED"));
        }
    },
    /** A ticket opens a socket, to which every change is pushed. */
    LIVE(Part.EVERYTHING) {
        @Override
        void check(ProbedStack stack) {
            JsonNode ticket = stack.client().post("/live/tickets").json();
            try (var socket =
                    LiveSocket.open(URI.create(ticket.path("url").asText())).orElseThrow()) {
                socket.send("{\"action\":\"ping\"}");
                stack.await("pong", () -> has(socket, "/type", "pong"));
                socket.send("what is this");
                stack.await("an error", () -> has(socket, "/code", "unknown-action"));
                socket.send("{\"action\":\"subscribe\"}");
                stack.await("subscribed", () -> has(socket, "/type", "subscribed"));
                String id = ApiClient.newId();
                stack.client().putJson("/requests/" + id, user(username(id)));
                stack.await(id + " is pushed", () -> has(socket, "/request/id", id));
            }
        }
    },
    /** A link opens its page and its request without a token, and changes are pushed to it. */
    LINK(Part.EVERYTHING) {
        @Override
        void check(ProbedStack stack) throws Exception {
            String id = ApiClient.newId();
            stack.client().putJson("/requests/" + id, CLAIM);
            stack.await(id + " waits", () -> status(stack, id).equals("WAITING"));
            Answer link =
                    stack.client().postJson("/requests/" + id + "/links", "{\"scope\":\"answer\"}");
            assertThat(link.status()).as(link.body()).isEqualTo(201);
            String url = link.json().path("url").asText();
            assertThat(url).contains("/l/");
            String secret = url.substring(url.lastIndexOf('/') + 1);
            HttpResponse<String> page = stack.page("GET", "/l/" + secret);
            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            assertThat(page.body()).contains("<statuswire-link>");
            assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            String path = "/links/" + secret;
            assertThat(stack.page("GET", path + "/status").body()).contains("\"WAITING\"");
            String ticket = stack.page("POST", path + "/tickets").body();
            JsonNode socketUrl = Json.parse(ticket).orElseThrow().path("url");
            try (var socket = LiveSocket.open(URI.create(socketUrl.asText())).orElseThrow()) {
                socket.send("{\"action\":\"subscribe\"}");
                stack.await("subscribed", () -> has(socket, "/type", "subscribed"));
                String answer = "{\"step\":\"approve\",\"answer\":{\"approved\":true}}";
                HttpResponse<String> accepted = stack.page("POST", path + "/answer", answer);
                assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
                stack.await("the news", () -> has(socket, "/type", "changed"));
            }
            stack.await(id + " succeeds", () -> status(stack, id).equals("SUCCEEDED"));
        }
    };

    private static final String CLAIM =
            "{\"type\":\"expense-claim\",\"input\":"
                    + "{\"amount\":250,\"currency\":\"EUR\",\"purpose\":\"Chair\"}}";

    private static final String ORDER_INPUT =
            "{\"dish\":\"soup\",\"quantity\":1,\"simulate\":{\"cookMillis\":0}}";
    private static final String ORDER = "{\"type\":\"place-order\",\"input\":" + ORDER_INPUT + "}";

    /** The part of a stack that a probe needs. */
    private enum Part {
        REST_API,
        EVERYTHING
    }

    private final Part needs;

    Probe(Part needs) {
        this.needs = needs;
    }

    /** Returns whether the probe needs a stack with streams, sockets and page. */
    boolean needsEverything() {
        return needs == Part.EVERYTHING;
    }

    /** Runs the check. */
    abstract void check(ProbedStack stack) throws Exception;

    /**
     * Stores a request whose worker died; it is due when the start grace after {@code submitted}
     * ends.
     */
    private static String abandoned(ProbedStack stack, Instant submitted) {
        var key = new RequestKey("local", ApiClient.newId());
        var item =
                new HashMap<>(
                        new Transitions(TransitionTiming.DEFAULT)
                                .submit(
                                        key,
                                        new Submission("place-order", ORDER_INPUT),
                                        submitted));
        item.put(Item.STATUS, AttributeValue.fromS("RUNNING"));
        item.put(Item.ATTEMPT, AttributeValue.fromN("1"));
        Database.client().putItem(put -> put.tableName(stack.table("TablesRequests")).item(item));
        return key.id();
    }

    private static String username(String id) {
        return "u" + id.substring(id.lastIndexOf('-') + 1);
    }

    private static String user(String username) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("type", "register-user");
        body.putObject("input")
                .put("name", "Ada")
                .put("email", username + "@example.com")
                .put("username", username);
        return Json.write(body);
    }

    private static void assertProblem(Answer answer, int status, String kind) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(kind);
    }

    private static String status(ProbedStack stack, String id) {
        return stack.client().get("/status/" + id).json().path("status").asText();
    }

    private static boolean has(LiveSocket socket, String pointer, String value) {
        return socket.frames().stream().anyMatch(it -> it.at(pointer).asText().equals(value));
    }
}
