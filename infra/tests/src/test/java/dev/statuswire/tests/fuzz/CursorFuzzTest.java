package dev.statuswire.tests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.store.DynamoDbRequestStore;
import dev.statuswire.core.table.TableDefinition;
import dev.statuswire.core.testing.Scale;
import dev.statuswire.emulator.engine.EmbeddedDynamoDb;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two owners share a table; one of them tries all kinds of forged cursors. */
final class CursorFuzzTest {

    private static final String TABLE = "requests";
    private static final int EACH = 40;

    private static final EmbeddedDynamoDb ENGINE = EmbeddedDynamoDb.inMemory(0);
    private static final ApiServer SERVER = server();
    private static final ApiClient CLIENT = SERVER.client();
    private static final List<String> CURSORS_OF_BOTH = new ArrayList<>();

    private static ApiServer server() {
        ENGINE.client().createTable(TableDefinition.REQUESTS.named(TABLE));
        var store = new DynamoDbRequestStore(ENGINE.client(), TABLE, ApiServer.Parts.TRANSITIONS);
        for (int n = 0; n < EACH; n++) {
            for (String owner : List.of("ada", "bob")) {
                var key = new RequestKey(owner, "order-%04d-of-%s".formatted(n, owner));
                store.submit(key, new Submission("test-any", "{}"), Instant.EPOCH);
            }
        }
        return ApiServer.over(
                ENGINE.client(),
                TABLE,
                parts -> parts.owners(call -> Objects.requireNonNull(call.header("X-Owner"))));
    }

    @AfterAll
    static void stop() {
        SERVER.close();
        ENGINE.close();
    }

    @BeforeAll
    static void collectCursorsOfBoth() {
        for (String owner : List.of("ada", "bob")) {
            String path = "/requests?limit=7";
            for (JsonNode next = list(path, owner).json().get("next");
                    !next.isNull();
                    next = list(path + "&cursor=" + next.asText(), owner).json().get("next")) {
                CURSORS_OF_BOTH.add(next.asText());
            }
        }
    }

    private static Answer list(String path, String owner) {
        return CLIENT.get(path, "X-Owner", owner);
    }

    private static String forged(Random random) {
        String id =
                "order-%04d-of-%s"
                        .formatted(random.nextInt(EACH), random.nextBoolean() ? "bob" : "ada");
        String cursor =
                switch (random.nextInt(12)) {
                    case 0 -> InputMutator.any(CURSORS_OF_BOTH, random);
                    case 1 -> base64("1:" + id);
                    case 2 -> base64("1:bob#" + id);
                    case 3 -> base64("1:{\"owner\":{\"S\":\"bob\"},\"id\":{\"S\":\"" + id + "\"}}");
                    case 4 -> base64("{\"owner\":\"bob\",\"id\":\"" + id + "\"}");
                    case 5 -> base64("1:bob\u0000" + id);
                    case 6 -> base64("1:" + InputMutator.text(random));
                    case 7 -> base64("2:" + id) + base64("1:" + id);
                    case 8 ->
                            Base64.getEncoder()
                                    .encodeToString(("1:" + id).getBytes(StandardCharsets.UTF_8));
                    case 9 -> base64(base64("1:" + id));
                    case 10 -> base64("1:" + id.repeat(1 + random.nextInt(60)));
                    default -> base64("1:" + (char) random.nextInt(0x10000) + id);
                };
        return InputMutator.oneIn(3, random)
                ? new String(
                        InputMutator.bytes(cursor.getBytes(StandardCharsets.UTF_8), random),
                        StandardCharsets.ISO_8859_1)
                : cursor;
    }

    /**
     * Shortens the cursor, because the server refuses a request head that is too long before the
     * API sees it.
     */
    private static String cut(String cursor) {
        return cursor.substring(0, Math.min(cursor.length(), 2000));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void no_cursor_leads_into_another_owners_list() throws InterruptedException {
        Cases.run(
                Scale.of(200, 60_000),
                random -> {
                    String cursor = cut(forged(random));
                    String path =
                            "/requests?limit="
                                    + (1 + random.nextInt(100))
                                    + (random.nextBoolean() ? "&status=ACCEPTED" : "")
                                    + "&cursor="
                                    + URLEncoder.encode(cursor, StandardCharsets.UTF_8);

                    Answer answer = list(path, "ada");

                    Leaks.assertNone(answer.body());
                    assertThat(answer.status()).as(path + answer.body()).isIn(200, 400);
                    assertThat(answer.body()).as(path).doesNotContain("-of-bob\"");
                });
    }

    @Test
    void cursor_of_another_owner_is_a_position_in_the_callers_list() { // "…-of-ada" is before
        // "…-of-bob"
        String afterTen = list("/requests?limit=10", "bob").json().get("next").asText();

        JsonNode own = list("/requests?limit=100&cursor=" + afterTen, "ada").json();

        assertThat(own.get("requests")).hasSize(EACH - 9);
        own.get("requests").forEach(it -> assertThat(it.get("id").asText()).endsWith("-of-ada"));
    }
}
