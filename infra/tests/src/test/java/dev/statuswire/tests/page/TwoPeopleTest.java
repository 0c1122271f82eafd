package dev.statuswire.tests.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.LiveSocket;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.local.LocalSettings;
import dev.statuswire.tests.RuntimeExtension;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two users on the whole runtime, who see nothing of each other. */
final class TwoPeopleTest {

    private static final RuntimeExtension LOCAL = SharedFixtures.runtimeWithLogin();

    /** Waits for the issuer, which may be slow to start; until then, calls get a 503. */
    @BeforeAll
    static void awaitIssuer() {
        Await.until("the issuer's keys", () -> ADA.get("/requests").status() == 200);
    }

    /** One of the users. */
    private record Person(String name) {

        String[] token() {
            return new String[] {
                "Authorization",
                "Bearer " + SharedFixtures.issuer().tokenOf(name, SharedFixtures.AUDIENCE)
            };
        }

        Answer get(String path) {
            return LOCAL.api().get(path, token());
        }

        Answer post(String path) {
            return LOCAL.api().post(path, token());
        }

        /** Submits a request with a new id, and returns the id. */
        String submit(String type, String input) {
            String id = ApiClient.newId();
            String body = "{\"type\":\"%s\",\"input\":%s}".formatted(type, input);
            assertThat(LOCAL.api().putJson("/requests/" + id, body, token()).status())
                    .isEqualTo(202);
            return id;
        }

        JsonNode finished(String id) {
            return Await.get(
                    id + " finished",
                    () ->
                            Optional.of(get("/status/" + id).json())
                                    .filter(it -> it.at("/links/cancel").isNull()));
        }

        LiveSocket page() {
            return LiveSocket.subscribed(LOCAL.api(), token());
        }
    }

    private static final Person ADA = new Person("ada");
    private static final Person BOB = new Person("bob");

    @Test
    void each_page_receives_only_its_owners_requests() {
        try (LiveSocket hers = ADA.page();
                LiveSocket his = BOB.page()) {
            String order = "{\"dish\":\"soup\",\"quantity\":1}";
            String ofAda = ADA.submit("place-order", order);
            hers.awaitStatus(ofAda, "SUCCEEDED");
            String ofBob = BOB.submit("place-order", order);
            his.awaitStatus(ofBob, "SUCCEEDED");

            assertThat(his.statuses(ofAda)).isEmpty();
            assertThat(hers.statuses(ofBob)).isEmpty();
        }
    }

    @Test
    void request_of_another_user_can_be_neither_read_nor_changed() {
        String id =
                ADA.submit(
                        "place-order",
                        "{\"dish\":\"soup\",\"quantity\":1,\"simulate\":{\"reject\":true,"
                                + "\"failStep\":\"cook\"}}");
        ADA.finished(id);

        assertThat(BOB.get("/status/" + id).status()).isEqualTo(404);
        assertThat(BOB.post("/requests/" + id + "/cancel").status()).isEqualTo(404);
        assertThat(BOB.post("/requests/" + id + "/retry").status()).isEqualTo(404);
        assertThat(BOB.get("/requests").body()).doesNotContain(id);
        assertThat(ADA.get("/status/" + id).json().get("status").asText()).isEqualTo("FAILED");
    }

    @Test
    void user_that_one_person_registered_is_unknown_to_the_other() {
        ADA.finished(
                ADA.submit(
                        "register-user",
                        "{\"name\":\"A\",\"email\":\"a@example.com\",\"username\":\"hers\"}"));
        String attempt = BOB.submit("update-profile", "{\"username\":\"hers\",\"name\":\"Bob's\"}");

        assertThat(BOB.finished(attempt).at("/error/code").asText()).isEqualTo("no-such-user");
        Await.get(
                "her activity",
                () ->
                        Optional.of(ADA.get("/users/hers/activity").json().get("activity"))
                                .filter(activity -> activity.size() == 1));
        assertThat(BOB.get("/users/hers/activity").body())
                .isEqualTo(BOB.get("/users/unknown/activity").body());
    }

    @Test
    void calls_without_a_token_are_401() {
        for (String path : List.of("/requests", "/status/12345678", "/users/demo/activity")) {
            assertThat(LOCAL.api().get(path).status()).isEqualTo(401);
        }
        assertThat(LOCAL.api().post("/live/tickets").status()).isEqualTo(401);
    }

    @Test
    void runtime_without_an_issuer_listens_only_on_this_machine() {
        var everywhere = new LocalSettings.ListenAddress("0.0.0.0", 0);

        assertThatThrownBy(() -> settings(everywhere, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("STATUSWIRE_OIDC_ISSUER");
        assertThat(
                        settings(new LocalSettings.ListenAddress("localhost", 0), Map.of())
                                .listen()
                                .port())
                .isZero();
        assertThat(
                        settings(
                                        everywhere,
                                        Map.of(
                                                "STATUSWIRE_OIDC_ISSUER",
                                                "https://id.example.org",
                                                "STATUSWIRE_OIDC_AUDIENCE",
                                                SharedFixtures.AUDIENCE))
                                .listen())
                .isEqualTo(everywhere);
    }

    private static LocalSettings settings(
            LocalSettings.ListenAddress listen, Map<String, String> environment) {
        return new LocalSettings(
                listen,
                new LocalSettings.Database.InMemory(0),
                TransitionTiming.DEFAULT,
                List.of(),
                Optional.empty(),
                environment);
    }
}
