package dev.statuswire.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.transition.Transition;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class DynamoDbRequestStoreTest extends RequestStoreContract {

    @RegisterExtension static final DynamoDbLocal DYNAMO_DB = new DynamoDbLocal();

    private final String table = DYNAMO_DB.newRequestsTable();
    private final RequestStore store =
            new DynamoDbRequestStore(DYNAMO_DB.client(), table, transitions);

    @Override
    RequestStore store() {
        return store;
    }

    @Override
    DueIndex index() {
        return new DynamoDbDueIndex(DYNAMO_DB.client(), table);
    }

    /** The two readings of every condition and every change, held against each other. */
    @Test
    void database_does_what_the_transitions_say_of_themselves() {
        for (int seed = 0; seed < 40; seed++) {
            var random = new Random(seed);
            var id = new RequestKey("ada", "random-" + "%03d".formatted(seed));
            store.submit(id, "t", "{}", clock.instant());
            Request seen = store.find(id).orElseThrow();
            for (int i = 0; i < 40; i++) {
                clock.advance(Duration.ofSeconds(random.nextInt(30)));
                Transition transition = AnyTransition.of(random, transitions, seen, clock);
                var expected = transition.applyTo(item(id));
                store.apply(id, transition);
                if (expected.isPresent()) {
                    assertThat(item(id)).as(transition.name()).isEqualTo(expected.get());
                    seen = random.nextInt(4) > 0 ? store.find(id).orElseThrow() : seen;
                }
            }
        }
    }

    @Test
    void item_that_somebody_else_wrote_with_the_least_that_is_needed_is_a_request() {
        put(
                Map.of(
                        "owner",
                        "ada",
                        "id",
                        "foreign-1",
                        "type",
                        "t",
                        "input",
                        "{}",
                        "status",
                        "ACCEPTED"));
        RequestKey foreign = new RequestKey("ada", "foreign-1");
        Request seen = store.find(foreign).orElseThrow();

        Outcome claimed =
                store.apply(foreign, transitions.claim(seen, List.of("one"), clock.instant()));

        assertThat(claimed).isInstanceOf(Outcome.Done.class);
        Request running = ((Outcome.Done) claimed).request();
        assertThat(running.status()).isEqualTo(Status.RUNNING);
        assertThat(running.createdAt()).isEqualTo(clock.instant());
        assertThat(running.dueAt()).isEqualTo(clock.instant().plus(TIMING.lease()));
        assertThat(running.version()).isEqualTo(2);
    }

    @Test
    void item_that_is_no_request_is_not_found_and_not_listed() {
        put(Map.of("owner", "ada", "id", "nonsense", "status", "WELL"));

        assertThat(store.find(new RequestKey("ada", "nonsense"))).isEmpty();
        assertThat(
                        store.list(new ListQuery("ada", Set.of(), Set.of(), 10, Optional.empty()))
                                .requests())
                .isEmpty();
    }

    @Test
    void sequence_of_ids_is_by_bytes() {
        for (String id : List.of("aaaaaaaa", "AAAAAAAA", "00000000", "________", "--------")) {
            store.submit(new RequestKey("ada", id), "t", "{}", clock.instant());
        }

        assertThat(
                        store.list(new ListQuery("ada", Set.of(), Set.of(), 10, Optional.empty()))
                                .requests())
                .extracting(request -> request.key().id())
                .containsExactly("aaaaaaaa", "________", "AAAAAAAA", "00000000", "--------");
    }

    private void put(Map<String, String> texts) {
        var item = new HashMap<String, AttributeValue>();
        texts.forEach((name, text) -> item.put(name, AttributeValue.fromS(text)));
        item.put("version", AttributeValue.fromN("1"));
        DYNAMO_DB.client().putItem(put -> put.tableName(table).item(item));
    }

    private Map<String, AttributeValue> item(RequestKey id) {
        return DYNAMO_DB
                .client()
                .getItem(get -> get.tableName(table).key(Item.key(id)).consistentRead(true))
                .item();
    }
}
