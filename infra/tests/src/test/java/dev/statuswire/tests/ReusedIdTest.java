package dev.statuswire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A client reuses an id after the first request with that id has expired. The second request does
 * its own work; no type treats it as a repetition of the first one.
 */
final class ReusedIdTest {

    @RegisterExtension static final RuntimeExtension LOCAL = new RuntimeExtension();

    private static final StoredRequests STORED = StoredRequests.of(LOCAL);

    @AfterAll
    static void close() {
        STORED.close();
    }

    @Test
    void registration_under_a_used_id_registers_its_own_user() {
        String id = ApiClient.newId();
        Answer first = finished(id, "register-user", user("first-ada", "first@example.com"));
        Answer second = second(first, "register-user", user("second-ada", "second@example.com"));

        assertThat(second.json().get("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(second.json().at("/result/email").asText()).isEqualTo("second@example.com");
        assertThat(stored("second-ada", "email")).isEqualTo("second@example.com");
        assertThat(stored("first-ada", "email")).isEqualTo("first@example.com");
    }

    @Test
    void registration_under_a_used_id_fails_if_the_first_one_took_the_username() {
        String id = ApiClient.newId();
        Answer first = finished(id, "register-user", user("same-ada", "early@example.com"));
        Answer second = second(first, "register-user", user("same-ada", "late@example.com"));

        assertThat(second.json().get("status").asText()).isEqualTo("FAILED");
        assertThat(second.json().at("/error/code").asText()).isEqualTo("username-taken");
        assertThat(stored("same-ada", "email")).isEqualTo("early@example.com");
    }

    private static String user(String username, String email) {
        return "{\"name\":\"Ada\",\"username\":\"%s\",\"email\":\"%s\"}".formatted(username, email);
    }

    @Test
    void profile_update_under_a_used_id_makes_its_own_change() {
        String id = ApiClient.newId();
        Answer first = finished(id, "update-profile", "{\"username\":\"demo\",\"name\":\"One\"}");
        Answer second = second(first, "update-profile", "{\"username\":\"demo\",\"name\":\"Two\"}");

        assertThat(second.json().at("/result/changes/name/from").asText()).isEqualTo("One");
        assertThat(second.json().at("/result/changes/name/to").asText()).isEqualTo("Two");
        assertThat(stored("demo", "name")).isEqualTo("Two");
    }

    @Test
    void order_under_an_id_whose_item_has_expired_and_is_still_there_serves_its_own_dish() {
        String id = ApiClient.newId();
        Answer first = finished(id, "place-order", "{\"dish\":\"soup\",\"quantity\":1}");
        STORED.expire(id);
        assertThat(LOCAL.api().get("/status/" + id).status()).isEqualTo(404);
        Answer second = finished(id, "place-order", "{\"dish\":\"steak\",\"quantity\":3}");

        assertThat(life(second)).isNotBlank().isNotEqualTo(life(first));
        assertThat(second.json().at("/result/served").asText()).isEqualTo("3 × steak");
    }

    @Test
    void order_under_a_used_id_serves_its_own_dish() {
        String id = ApiClient.newId();
        Answer first = finished(id, "place-order", "{\"dish\":\"soup\",\"quantity\":1}");
        Answer second = second(first, "place-order", "{\"dish\":\"steak\",\"quantity\":3}");

        assertThat(first.json().at("/result/served").asText()).isEqualTo("1 × soup");
        assertThat(second.json().at("/result/served").asText()).isEqualTo("3 × steak");
    }

    @Test
    void order_under_a_used_id_counts_its_own_simulated_failures() {
        String fails =
                "{\"dish\":\"%s\",\"quantity\":1,\"simulate\":{\"failStep\":\"serve\",\"failTimes\":1}}";
        String id = ApiClient.newId();
        Answer first = finished(id, "place-order", fails.formatted("soup"));
        Answer second = second(first, "place-order", fails.formatted("pasta"));

        assertThat(first.json().get("attempt").asInt()).isEqualTo(2);
        assertThat(second.json().get("attempt").asInt()).isEqualTo(2);
        assertThat(second.json().at("/result/served").asText()).isEqualTo("1 × pasta");
    }

    /** Submits a request under {@code id}, and returns its status once it is finished. */
    private static Answer finished(String id, String type, String input) {
        LOCAL.submit(id, type, input);
        LOCAL.finished(id);
        return LOCAL.api().get("/status/" + id);
    }

    /**
     * Deletes the first request, submits a second one under its id, and returns the status of the
     * second one once it is finished. Asserts that the two have different lives, and that the
     * entity tag of the first one does not match the second one.
     */
    private static Answer second(Answer first, String type, String input) {
        String id = first.json().get("id").asText();
        STORED.delete(id);
        Answer second = finished(id, type, input);
        assertThat(life(first)).isNotBlank();
        assertThat(life(second)).isNotBlank().isNotEqualTo(life(first));
        Answer news = LOCAL.api().get("/status/" + id, "If-None-Match", first.header("ETag"));
        assertThat(news.status()).isEqualTo(200);
        assertThat(news.json()).isEqualTo(second.json());
        return second;
    }

    private static String life(Answer status) {
        return status.json().get("life").asText();
    }

    private static String stored(String username, String attribute) {
        var key = Map.of("key", AttributeValue.fromS("user#" + username));
        var user =
                STORED.external()
                        .client()
                        .getItem(get -> get.tableName("statuswire-users").key(key))
                        .item();
        return Objects.requireNonNull(user.get(attribute), attribute).s();
    }
}
