package dev.statuswire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.testing.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The whole runtime, called as a user would call it. */
final class WholeRuntimeTest {

    private static final int SLOW_ORDERS = Scale.of(40, 200);

    private static final String FAILS_ONCE =
            """
            {"dish":"soup","quantity":1,"simulate":{"failStep":"serve","failTimes":1}}
            """;

    @RegisterExtension static final RuntimeExtension LOCAL = new RuntimeExtension();

    @Test
    void example_of_every_type_succeeds_on_a_new_database() {
        for (JsonNode type : LOCAL.api().get("/types").json()) {
            String name = type.get("name").asText();
            String id = LOCAL.submit(name, type.get("example").toString());

            assertThat(LOCAL.finished(id).get("status").asText()).as(name).isEqualTo("SUCCEEDED");
        }
    }

    @Test
    void order_shows_its_progress_and_then_its_result() {
        String id =
                LOCAL.submit(
                        "place-order",
                        """
                        {"dish":"pasta","quantity":2,"simulate":{"cookMillis":2500}}
                        """);

        Await.until(
                "cooking",
                () -> "cooking".equals(LOCAL.status(id).at("/progress/message").asText()));
        JsonNode done = LOCAL.await(id, "SUCCEEDED");

        assertThat(done.at("/result/served").asText()).isEqualTo("2 × pasta");
        assertThat(done.at("/steps").findValuesAsText("status"))
                .containsExactly("SUCCEEDED", "SUCCEEDED", "SUCCEEDED");
    }

    @Test
    void transient_failure_is_retried_automatically() {
        String id = LOCAL.submit("place-order", FAILS_ONCE);

        JsonNode done = LOCAL.finished(id);

        assertThat(done.get("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(done.get("attempt").asInt()).isEqualTo(2);
    }

    /**
     * Tries several times, because the sweeper, which runs every minute, may be faster than a
     * timer.
     */
    @Test
    void timer_offers_a_request_again_after_its_backoff() {
        Await.until(
                "a timer offered a retry",
                () -> {
                    LOCAL.finished(LOCAL.submit("place-order", FAILS_ONCE));
                    return LOCAL.api()
                            .get("/metrics")
                            .body()
                            .contains("statuswire_retry_offered_total{by=\"timer\"}");
                });
    }

    @Test
    void failed_order_has_an_error_and_a_retry_does_not_repeat_finished_steps() {
        String id =
                LOCAL.submit(
                        "place-order",
                        """
                        {"dish":"soup","quantity":1,"simulate":{"failStep":"serve","failTimes":3}}
                        """);
        JsonNode failed = LOCAL.finished(id);
        assertThat(failed.get("status").asText()).isEqualTo("FAILED");
        assertThat(failed.at("/error/code").asText()).isEqualTo("kitchen-failed");
        assertThat(failed.at("/error/step").asText()).isEqualTo("serve");

        LOCAL.api().post("/requests/" + id + "/retry");

        JsonNode done = LOCAL.await(id, "SUCCEEDED");
        assertThat(done.at("/steps/1/endedAt")).isEqualTo(failed.at("/steps/1/endedAt"));
    }

    @Test
    void cancelled_order_stops_and_can_be_retried() {
        String id =
                LOCAL.submit(
                        "place-order",
                        """
                        {"dish":"steak","quantity":1,"simulate":{"cookMillis":600000}}
                        """);
        Await.until(
                "the second step runs",
                () -> "RUNNING".equals(LOCAL.status(id).at("/steps/1/status").asText()));

        Answer cancel = LOCAL.api().post("/requests/" + id + "/cancel");
        JsonNode cancelled = LOCAL.await(id, "CANCELLED");

        assertThat(cancel.status()).isEqualTo(202);
        assertThat(cancelled.at("/steps/1/status").asText()).isEqualTo("CANCELLED");
        LOCAL.api().post("/requests/" + id + "/retry");
        LOCAL.await(id, "RUNNING");
        LOCAL.api().post("/requests/" + id + "/cancel");
        LOCAL.await(id, "CANCELLED");
    }

    @Test
    void item_put_into_the_table_over_its_own_port_is_processed() {
        var item =
                Map.of(
                        "owner", AttributeValue.fromS("local"),
                        "id", AttributeValue.fromS("put-by-hand"),
                        "type", AttributeValue.fromS("place-order"),
                        "input", AttributeValue.fromS("{\"dish\":\"soup\",\"quantity\":1}"),
                        "status", AttributeValue.fromS("ACCEPTED"),
                        "version", AttributeValue.fromN("1"));
        try (var overHttp = new ExternalClient(LOCAL.runtime().dynamoDbUri())) {
            overHttp.client().putItem(put -> put.tableName("statuswire-requests").item(item));
        }

        assertThat(LOCAL.finished("put-by-hand").get("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(LOCAL.api().get("/requests").body()).contains("put-by-hand");
    }

    @Test
    void of_many_concurrent_registrations_of_one_e_mail_exactly_one_succeeds() {
        List<String> ids =
                IntStream.range(0, 30)
                        .parallel()
                        .mapToObj(
                                n ->
                                        LOCAL.submit(
                                                "register-user",
                                                """
                                                {"name":"A","email":"One@example.com","username":"one%d"}
                                                """
                                                        .formatted(n)))
                        .toList();
        List<JsonNode> all = ids.stream().map(LOCAL::finished).toList();

        List<JsonNode> done =
                all.stream().filter(it -> it.get("status").asText().equals("SUCCEEDED")).toList();
        assertThat(done).hasSize(1);
        assertThat(all)
                .filteredOn(it -> it.get("status").asText().equals("FAILED"))
                .hasSize(29)
                .allMatch(it -> it.at("/error/code").asText().equals("email-taken"));
        String username = done.getFirst().at("/input/username").asText();
        assertThat(activity(username, 1))
                .extracting(it -> it.get("event").asText())
                .containsExactly("INSERT");
    }

    @Test
    void username_of_two_characters_is_accepted_and_of_one_is_refused() {
        String alice = "{\"name\":\"Alice\",\"email\":\"alice@gmail.com\",\"username\":\"%s\"}";
        JsonNode registered = LOCAL.finished(LOCAL.submit("register-user", alice.formatted("al")));
        assertThat(registered.get("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(
                        LOCAL.api()
                                .postJson(
                                        "/requests",
                                        "{\"type\":\"register-user\",\"input\":"
                                                + alice.formatted("a")
                                                + "}")
                                .status())
                .isEqualTo(422);
        JsonNode changed =
                LOCAL.finished(
                        LOCAL.submit("update-profile", "{\"username\":\"al\",\"name\":\"Al\"}"));
        assertThat(changed.get("status").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void profile_change_shows_old_and_new_values_and_is_in_the_activity() {
        LOCAL.finished(
                LOCAL.submit(
                        "register-user",
                        """
                        {"name":"Joan","email":"joan@example.com","username":"Joan"}
                        """));
        JsonNode changed =
                LOCAL.finished(
                        LOCAL.submit(
                                "update-profile",
                                """
                                {"username":"joan","email":"joan.c@example.com"}
                                """));

        assertThat(changed.get("result").toString())
                .isEqualTo(
                        """
                        {"username":"Joan","changes":{"email":\
                        {"from":"joan@example.com","to":"joan.c@example.com"}}}""");
        List<JsonNode> activity = activity("JOAN", 2);
        assertThat(activity)
                .extracting(it -> it.get("event").asText())
                .containsExactly("INSERT", "MODIFY");
        assertThat(activity.getLast().at("/old/email").asText()).isEqualTo("joan@example.com");
        assertThat(activity.getLast().at("/new/email").asText()).isEqualTo("joan.c@example.com");
        JsonNode taken =
                LOCAL.finished(
                        LOCAL.submit(
                                "update-profile",
                                """
                                {"username":"demo","email":"JOAN.C@example.com"}
                                """));
        assertThat(taken.at("/error/code").asText()).isEqualTo("email-taken");
        JsonNode unknown =
                LOCAL.finished(
                        LOCAL.submit(
                                "update-profile", "{\"username\":\"unknown\",\"name\":\"N\"}"));
        assertThat(unknown.at("/error/code").asText()).isEqualTo("no-such-user");
    }

    @Test
    void many_slow_orders_do_not_delay_a_registration() {
        var orders = new ArrayList<String>();
        for (int n = 0; n < SLOW_ORDERS; n++) {
            orders.add(
                    LOCAL.submit(
                            "place-order",
                            """
                            {"dish":"steak","quantity":1,"simulate":{"cookMillis":600000}}
                            """));
        }
        String last = orders.getLast();
        LOCAL.await(last, "RUNNING");

        String id =
                LOCAL.submit(
                        "register-user",
                        """
                        {"name":"Q","email":"quick@example.com","username":"quick"}
                        """);

        assertThat(LOCAL.finished(id).get("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(LOCAL.status(last).get("status").asText()).isEqualTo("RUNNING");
        orders.forEach(order -> LOCAL.api().post("/requests/" + order + "/cancel"));
        orders.forEach(order -> LOCAL.await(order, "CANCELLED"));
    }

    private static List<JsonNode> activity(String username, int atLeast) {
        Await.until("activity of " + username, () -> entries(username).size() >= atLeast);
        return entries(username);
    }

    private static List<JsonNode> entries(String username) {
        JsonNode activity = LOCAL.api().get("/users/" + username + "/activity").json();
        return StreamSupport.stream(activity.get("activity").spliterator(), false).toList();
    }
}
