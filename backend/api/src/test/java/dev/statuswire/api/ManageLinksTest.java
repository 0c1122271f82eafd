package dev.statuswire.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.transition.Item;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How the owner of a request creates, lists and revokes links to it. */
final class ManageLinksTest {

    private final LinkFixture links = new LinkFixture();

    @AfterEach
    void stop() {
        links.close();
    }

    @Test
    void new_link_has_all_options_and_a_url_at_the_called_origin() {
        links.waiting();

        Answer created =
                links.create(
                        "{'scope':'answer','step':'approve','label':'For Bob','showsInput':true,'expiresAt':'2026-02-01T00:00:00.9Z'}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Cache-Control")).isEqualTo("no-store");
        JsonNode link = created.json();
        assertThat(link.get("url").asText())
                .matches(
                        "http://127\\.0\\.0\\.1:%d/l/[A-Za-z0-9_-]{22}"
                                .formatted(links.server.port()));
        assertThat(link.get("scope").asText()).isEqualTo("answer");
        assertThat(link.get("step").asText()).isEqualTo("approve");
        assertThat(link.get("label").asText()).isEqualTo("For Bob");
        assertThat(link.get("showsInput").asBoolean()).isTrue();
        assertThat(link.get("createdAt").asText()).isEqualTo("2026-01-01T00:00:00.000Z");
        assertThat(link.get("expiresAt").asText()).isEqualTo("2026-02-01T00:00:00.000Z");
    }

    @Test
    void link_without_options_expires_after_400_days_and_shows_no_input() {
        links.waiting();

        JsonNode link = links.create("{'scope':'watch'}").json();

        assertThat(link.get("step").isNull()).isTrue();
        assertThat(link.get("label").isNull()).isTrue();
        assertThat(link.get("showsInput").asBoolean()).isFalse();
        assertThat(link.get("expiresAt").asText()).isEqualTo("2027-02-05T00:00:00.000Z");
    }

    @Test
    void every_link_has_its_own_secret_and_id() {
        links.waiting();

        JsonNode one = links.create("{'scope':'watch'}").json();
        JsonNode other = links.create("{'scope':'watch'}").json();

        assertThat(one.get("url")).isNotEqualTo(other.get("url"));
        assertThat(one.get("linkId")).isNotEqualTo(other.get("linkId"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                      | /scope",
                "{'scope':'admin'}                                       | /scope",
                "{'scope':null}                                          | /scope",
                "{'scope':'watch','step':'approve'}                      | /step",
                "{'scope':'answer','step':'first'}                       | /step",
                "{'scope':'answer','step':'other'}                       | /step",
                "{'scope':'answer','step':null}                          | /step",
                "{'scope':'watch','label':''}                            | /label",
                "{'scope':'watch','label':7}                             | /label",
                "{'scope':'watch','label':'LONG'}                        | /label",
                "{'scope':'watch','showsInput':'yes'}                    | /showsInput",
                "{'scope':'watch','showsInput':null}                     | /showsInput",
                "{'scope':'watch','expiresAt':'tomorrow'}                | /expiresAt",
                "{'scope':'watch','expiresAt':'2026-01-02T00:00:00+01:00'} | /expiresAt",
                "{'scope':'watch','expiresAt':'2026-01-01T00:00:00.5Z'}  | /expiresAt",
                "{'scope':'watch','expiresAt':'2027-02-05T00:00:01Z'}    | /expiresAt",
                "{'scope':'watch','expiresAt':null}                      | /expiresAt",
                "{'scope':'watch','more':1}                              | /more"
            })
    void invalid_option_is_refused_with_its_pointer(String options, String pointer) {
        links.waiting();

        Answer refused = links.create(options.replace("LONG", "a".repeat(101)));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("invalid-input");
        assertThat(refused.json().get("errors")).hasSize(1);
        assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
        assertThat(links.list().json().get("links")).isEmpty();
        assertThat(links.request().shared()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'scope':'answer'}",
                "{'scope':'watch','label':'LONG'}",
                "{'scope':'watch','expiresAt':'2026-01-01T00:00:01Z'}",
                "{'scope':'watch','expiresAt':'2027-02-05T00:00:00Z'}"
            })
    void option_at_its_limit_is_accepted(String options) {
        links.waiting();

        assertThat(links.create(options.replace("LONG", "a".repeat(100))).status()).isEqualTo(201);
    }

    @Test
    void body_that_is_not_a_json_object_is_refused() {
        links.waiting();
        String path = "/requests/" + links.key.id() + "/links";

        assertThat(links.create("[]").status()).isEqualTo(422);
        assertThat(links.client.postJson(path, "{").status()).isEqualTo(400);
        assertThat(links.client.post(path).status()).isEqualTo(415);
        assertThat(
                        links.client
                                .postJson(path, "\"" + "a".repeat(Request.MAX_BODY_BYTES) + "\"")
                                .status())
                .isEqualTo(413);
    }

    @Test
    void creation_changes_neither_the_version_nor_what_the_owner_sees() {
        Request before = links.waiting();
        JsonNode document = links.client.get("/status/" + links.key.id()).json();

        links.create("{'scope':'watch'}");

        assertThat(links.request().version()).isEqualTo(before.version());
        assertThat(links.request().shared()).isTrue();
        assertThat(links.client.get("/status/" + links.key.id()).json()).isEqualTo(document);
    }

    @Test
    void links_are_listed_newest_first_without_secrets_and_without_expired_ones() {
        links.waiting();
        assertThat(links.list().json().get("links")).isEmpty();
        JsonNode oldest =
                links.create("{'scope':'watch','expiresAt':'2026-01-01T00:00:10Z'}").json();
        links.clock.advance(Duration.ofSeconds(1));
        JsonNode middle = links.create("{'scope':'watch','label':'a'}").json();
        links.clock.advance(Duration.ofSeconds(1));
        JsonNode newest = links.create("{'scope':'answer','step':'confirm'}").json();

        Answer list = links.list();

        assertThat(list.status()).isEqualTo(200);
        assertThat(list.header("Cache-Control")).isEqualTo("no-store");
        assertThat(linkIds(list)).isEqualTo(linkIds(newest, middle, oldest));
        assertThat(list.json().at("/links/0").toString())
                .isEqualTo(newest.toString().replaceFirst(",\"url\":\"[^\"]*\"", ""));
        for (JsonNode link : List.of(oldest, middle, newest)) {
            assertThat(list.body()).doesNotContain(LinkFixture.secret(link));
        }
        links.clock.advance(Duration.ofSeconds(8));
        assertThat(linkIds(links.list())).isEqualTo(linkIds(newest, middle));
    }

    private static List<String> linkIds(Answer list) {
        return StreamSupport.stream(list.json().get("links").spliterator(), false)
                .map(link -> link.get("linkId").asText())
                .toList();
    }

    private static List<String> linkIds(JsonNode... created) {
        return List.of(created).stream().map(link -> link.get("linkId").asText()).toList();
    }

    @Test
    void revoked_link_is_not_listed_and_cannot_be_revoked_again() {
        links.waiting();
        JsonNode one = links.create("{'scope':'watch'}").json();
        JsonNode other = links.create("{'scope':'watch'}").json();
        String linkId = one.get("linkId").asText();

        Answer revoked = links.revoke(linkId);

        assertThat(revoked.status()).isEqualTo(204);
        assertThat(linkIds(links.list())).isEqualTo(linkIds(other));
        assertThat(links.revoke(linkId).status()).isEqualTo(404);
        assertThat(links.status(LinkFixture.secret(one)).status()).isEqualTo(404);
        assertThat(links.status(LinkFixture.secret(other)).status()).isEqualTo(200);
    }

    @Test
    void link_is_revoked_only_under_its_request() {
        links.waiting();
        JsonNode link = links.create("{'scope':'watch'}").json();
        String path = "/links/" + link.get("linkId").asText();

        assertThat(links.client.send("DELETE", "/requests/some-id-1" + path, null).status())
                .isEqualTo(404);

        assertThat(links.status(LinkFixture.secret(link)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 42, 44, 3000})
    void text_that_is_no_id_of_a_link_is_not_found(int length) {
        links.waiting();

        assertThat(links.revoke("a".repeat(length)).status()).isEqualTo(404);
    }

    @Test
    void request_of_another_owner_is_not_found() {
        links.waiting();
        JsonNode link = links.create("{'scope':'watch'}").json();
        String path = "/requests/" + links.key.id() + "/links";
        var bob = links.client.as("bob");

        assertThat(bob.postJson(path, "{\"scope\":\"watch\"}").status()).isEqualTo(404);
        assertThat(bob.get(path).status()).isEqualTo(404);
        assertThat(bob.send("DELETE", path + "/" + link.get("linkId").asText(), null).status())
                .isEqualTo(404);
        assertThat(links.status(LinkFixture.secret(link)).status()).isEqualTo(200);
    }

    @Test
    void request_that_does_not_exist_is_not_found() {
        assertThat(links.create("{'scope':'watch'}").status()).isEqualTo(404);
        assertThat(links.list().status()).isEqualTo(404);
        assertThat(links.client.get("/requests/short/links").status()).isEqualTo(400);
    }

    @Test
    void request_has_at_most_100_links() {
        links.waiting();
        JsonNode first = links.create("{'scope':'watch'}").json();
        for (int i = 1; i < 100; i++) {
            assertThat(links.create("{'scope':'watch'}").status()).isEqualTo(201);
        }

        Answer refused = links.create("{'scope':'watch'}");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.problem()).isEqualTo("too-many-links");
        links.revoke(first.get("linkId").asText());
        assertThat(links.create("{'scope':'watch'}").status()).isEqualTo(201);
    }

    @Test
    void links_to_an_earlier_request_with_the_same_id_are_not_listed() {
        links.waiting();
        links.create("{'scope':'watch'}");

        links.replaced();

        assertThat(links.list().json().get("links")).isEmpty();
    }

    @Test
    void request_of_a_newer_release_gets_no_link() {
        Request waiting = links.waiting();
        var item = new HashMap<>(item("PARKED"));
        item.put(Item.LIFE, AttributeValue.fromS(String.valueOf(waiting.life())));
        links.stored.put(item);

        assertThat(links.create("{'scope':'watch'}").status()).isEqualTo(409);
        assertThat(links.list().json().get("links")).isEmpty();
    }

    @Test
    void url_starts_with_the_public_url() {
        try (var elsewhere =
                new LinkFixture(
                        parts ->
                                parts.settings =
                                        ApiSettings.from(
                                                new Environment(
                                                        Map.of(
                                                                "STATUSWIRE_PUBLIC_URL",
                                                                "https://work.example.org/sw/"))))) {
            elsewhere.waiting();

            JsonNode link = elsewhere.create("{'scope':'watch'}").json();

            assertThat(link.get("url").asText()).startsWith("https://work.example.org/sw/l/");
        }
    }

    @Test
    void request_without_a_life_gets_one_with_its_first_link() {
        links.stored.put(item("ACCEPTED"));

        String secret = links.secret("{'scope':'watch'}");

        assertThat(links.request().life()).isNotNull();
        assertThat(links.status(secret).json().get("life").asText())
                .isEqualTo(links.request().life());
    }

    /** Returns an item that another program has written. */
    private Map<String, AttributeValue> item(String status) {
        return Map.of(
                Item.OWNER, AttributeValue.fromS("local"),
                Item.ID, AttributeValue.fromS(links.key.id()),
                Item.TYPE, AttributeValue.fromS("ask"),
                Item.INPUT, AttributeValue.fromS("{}"),
                Item.STATUS, AttributeValue.fromS(status),
                Item.VERSION, AttributeValue.fromN("1"));
    }
}
