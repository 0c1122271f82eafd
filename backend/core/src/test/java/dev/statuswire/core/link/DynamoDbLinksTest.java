package dev.statuswire.core.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.table.TableDefinition;
import dev.statuswire.core.testing.ConnectionTables;
import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.core.testing.InMemoryRequestStore;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.transition.Transitions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class DynamoDbLinksTest extends LinkStoreContract {

    @RegisterExtension static final DynamoDbLocal DATABASE = new DynamoDbLocal();

    private final String table = newTable();

    private static String newTable() {
        String name = "links-" + UUID.randomUUID();
        DATABASE.client().createTable(TableDefinition.LINKS.named(name));
        return name;
    }

    @Override
    DynamoDbLinks store() {
        return new DynamoDbLinks(DATABASE.client(), table, clock);
    }

    private List<Map<String, AttributeValue>> items() {
        return DATABASE.client().scan(scan -> scan.tableName(table)).items();
    }

    private Links links(InMemoryRequestStore requests, Transitions transitions) {
        return new Links(store(), requests, transitions, new SecureRandom(), clock);
    }

    @Test
    void stored_item_has_the_documented_form_and_does_not_contain_the_secret() {
        var transitions = new Transitions(TransitionTiming.DEFAULT);
        var requests = new InMemoryRequestStore(transitions, clock);
        Request request =
                requests.submit(
                                new RequestKey("ada", "request-1"),
                                new Submission("t", "{}"),
                                clock.instant())
                        .request();

        Links.Created created =
                links(requests, transitions)
                        .create(
                                request,
                                new LinkOptions(LinkScope.ANSWER, "approve", "For Bob", true, END))
                        .orElseThrow();

        assertThat(items())
                .containsExactly(
                        Map.of(
                                "id",
                                AttributeValue.fromS(created.secret().linkId()),
                                "request",
                                AttributeValue.fromS("ada#request-1"),
                                "life",
                                AttributeValue.fromS(String.valueOf(request.life())),
                                "scope",
                                AttributeValue.fromS("answer"),
                                "step",
                                AttributeValue.fromS("approve"),
                                "label",
                                AttributeValue.fromS("For Bob"),
                                "showsInput",
                                AttributeValue.fromBool(true),
                                "createdAt",
                                AttributeValue.fromS("2026-01-01T00:00:00.000Z"),
                                "expiresAt",
                                AttributeValue.fromN(Long.toString(END.getEpochSecond()))));
        assertThat(items().toString()).doesNotContain(created.secret().text());
    }

    @Test
    void revoked_link_leaves_its_id_for_a_day() {
        store().add(link("a", WATCH));

        store().revoke(KEY, "a");

        String end = Long.toString(clock.instant().plus(Duration.ofDays(1)).getEpochSecond());
        assertThat(items())
                .containsExactly(
                        Map.of(
                                "id", AttributeValue.fromS("a"),
                                "expiresAt", AttributeValue.fromN(end)));
    }

    @Test
    void scope_of_a_later_release_only_allows_to_watch() {
        store().add(link("a", new LinkOptions(LinkScope.ANSWER, null, null, false, END)));
        var item = new HashMap<>(items().getFirst());
        item.put("scope", AttributeValue.fromS("admin"));
        DATABASE.client().putItem(put -> put.tableName(table).item(item));

        assertThat(store().find("a").orElseThrow().options().scope()).isEqualTo(LinkScope.WATCH);
    }

    @Test
    void list_of_more_than_one_page_of_the_database_is_complete() {
        String label = "a".repeat(100);
        var options = new LinkOptions(LinkScope.ANSWER, "s".repeat(10_000), label, false, END);
        IntStream.range(0, 120).forEach(i -> store().add(link("link-" + i, options)));

        assertThat(store().of(KEY)).hasSize(120);
    }

    @Test
    void text_of_any_length_is_no_id_of_a_link() {
        var transitions = new Transitions(TransitionTiming.DEFAULT);
        var links = links(new InMemoryRequestStore(transitions, clock), transitions);

        assertThat(links.revoke(KEY, "a".repeat(3000))).isFalse();
        assertThat(links.find("a".repeat(3000))).isEmpty();
    }

    @Test
    void unreachable_database_causes_a_store_exception_without_the_id_of_the_link() {
        String id = LinkSecret.generate(new SecureRandom()).linkId();
        var dead = new DynamoDbLinks(ConnectionTables.outOfReach(), table, clock);

        assertThatThrownBy(() -> dead.find(id))
                .isInstanceOf(StoreException.class)
                .hasMessageNotContaining(id);
        assertThatThrownBy(() -> dead.add(link(id, WATCH))).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> dead.of(KEY)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> dead.revoke(KEY, id)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> dead.delete(id))
                .isInstanceOf(StoreException.class)
                .hasMessageNotContaining(id);
    }
}
