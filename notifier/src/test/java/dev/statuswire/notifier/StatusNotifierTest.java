package dev.statuswire.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.link.DynamoDbLinks;
import dev.statuswire.core.link.InMemoryLinks;
import dev.statuswire.core.link.Link;
import dev.statuswire.core.link.LinkOptions;
import dev.statuswire.core.link.LinkScope;
import dev.statuswire.core.link.LinkStore;
import dev.statuswire.core.live.Topic;
import dev.statuswire.core.metrics.Metrics.Counter;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.UnreadableItems;
import dev.statuswire.core.testing.ConnectionTables;
import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.notifier.connections.ConnectionStore;
import dev.statuswire.notifier.connections.DynamoDbConnectionStore;
import dev.statuswire.notifier.connections.SubscribeOutcome;
import dev.statuswire.notifier.frame.Frame;
import dev.statuswire.notifier.push.ConnectionGateway;
import dev.statuswire.notifier.testing.ConnectionsEndpoint;
import dev.statuswire.notifier.testing.Contexts;
import dev.statuswire.notifier.testing.RecordedMetrics;
import dev.statuswire.notifier.testing.StreamRecords;
import dev.statuswire.notifier.testing.ThinkType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;

/** Uses the real client of the gateway with a real HTTP server, and a real connections table. */
final class StatusNotifierTest {

    @RegisterExtension static final DynamoDbLocal DATABASE = new DynamoDbLocal();

    private static final RequestKey SHARED = new RequestKey("ann", "request-1");

    private final ManualClock clock = new ManualClock();
    private final String table = ConnectionTables.create(DATABASE);
    private final ConnectionStore connections =
            new DynamoDbConnectionStore(DATABASE.client(), table, 1000, clock);
    private final ConnectionsEndpoint endpoint = new ConnectionsEndpoint();
    private final ApiGatewayManagementApiClient gateway = ConnectionGateway.client(endpoint.uri());
    private final RecordedMetrics metrics = new RecordedMetrics();
    private final InMemoryLinks links = new InMemoryLinks(InstantSource.system());
    private final StatusNotifier notifier = notifier(connections);

    private StatusNotifier notifier(ConnectionStore connections) {
        return notifier(connections, links);
    }

    private StatusNotifier notifier(ConnectionStore connections, LinkStore links) {
        return new StatusNotifier(
                new StatusNotifier.Collaborators(
                        ThinkType.types(),
                        connections,
                        links,
                        gateway,
                        FunctionHost.keeping(metrics),
                        new UnreadableItems(metrics),
                        new TimeAndRandomness(
                                clock,
                                InstantSource.system(),
                                new Random(1),
                                (signal, longest) -> false)));
    }

    @AfterEach
    void stop() {
        gateway.close();
        endpoint.close();
    }

    @Test
    void only_the_subscribers_of_the_owner_get_the_change() {
        subscribe("ann", "a1=", "a2=");
        subscribe("bob", "b1=");

        assertThat(handle(StreamRecords.changed("ann", "request-1", 3))).isEmpty();
        assertThat(versions("a1=", "request-1")).containsExactly(3);
        assertThat(endpoint.posted("a2=")).isEqualTo(endpoint.posted("a1="));
        assertThat(endpoint.posted("b1=")).isEmpty();
    }

    @Test
    void a_removal_is_pushed_as_removed() {
        subscribe("ann", "a1");
        handle(StreamRecords.removed("ann", "request-1", 1));

        assertThat(endpoint.posted("a1")).hasSize(1);
        assertThat(endpoint.posted("a1").getFirst().path("type").asText()).isEqualTo("removed");
    }

    @Test
    void an_item_that_cannot_be_read_is_not_pushed_as_removed() {
        subscribe("ann", "a1");

        assertThat(handle(StreamRecords.changedUnreadably("ann", "request-1"))).isEmpty();
        assertThat(endpoint.posted("a1")).isEmpty();
    }

    @Test
    void items_that_are_not_requests_are_ignored() {
        subscribe("-", "a1");

        assertThat(handle(StreamRecords.other(), new DynamodbStreamRecord())).isEmpty();
        assertThat(endpoint.posted("a1")).isEmpty();
    }

    @Test
    void the_last_version_in_each_batch_is_pushed_in_the_order_of_the_batches() {
        subscribe("ann", "a1");
        handle(
                StreamRecords.changed("ann", "request-1", 1),
                StreamRecords.changed("ann", "request-2", 1),
                StreamRecords.changed("ann", "request-1", 2));
        handle(StreamRecords.changed("ann", "request-1", 3));
        handle(StreamRecords.changed("ann", "request-1", 4));

        assertThat(versions("a1", "request-1")).containsExactly(2, 3, 4);
        assertThat(versions("a1", "request-2")).containsExactly(1);
    }

    @Test
    void a_removal_and_the_next_submission_arrive_in_that_order() {
        subscribe("ann", "a1");
        for (int round = 0; round < 20; round++) {
            handle(
                    StreamRecords.removed("ann", "request-1", 7),
                    StreamRecords.submittedAgain("ann", "request-1", 1));
        }

        List<String> types =
                endpoint.posted("a1").stream().map(frame -> frame.path("type").asText()).toList();
        assertThat(types).hasSize(40);
        for (int i = 0; i < types.size(); i += 2) {
            assertThat(types.subList(i, i + 2)).containsExactly("removed", "status");
        }
    }

    @Test
    void many_requests_of_many_owners_all_arrive() {
        IntStream.range(0, 5).forEach(n -> subscribe("owner-" + n, "x" + n, "y" + n));
        handle(
                IntStream.range(0, 100)
                        .mapToObj(n -> StreamRecords.changed("owner-" + n % 5, "request-" + n, 1))
                        .toArray(DynamodbStreamRecord[]::new));

        for (int n = 0; n < 5; n++) {
            assertThat(Set.copyOf(endpoint.posted("x" + n))).hasSize(20);
            assertThat(Set.copyOf(endpoint.posted("y" + n))).hasSize(20);
        }
    }

    @Test
    void a_document_over_the_frame_limit_is_pushed_as_a_partial_one() {
        subscribe("ann", "a1");
        String large = "\"" + "x".repeat(60_000) + "\"";
        handle(StreamRecords.changed("ann", "request-1", 1, large));

        assertThat(endpoint.sizes("a1").getFirst()).isLessThan(Frame.MAX_BYTES);
        assertThat(endpoint.posted("a1").getFirst().at("/request/partial").asBoolean()).isTrue();
    }

    @Test
    void a_connection_that_is_gone_is_deleted_and_not_closed() {
        subscribe("ann", "gone", "there");
        endpoint.respond("POST", "gone", 410);

        assertThat(handle(StreamRecords.changed("ann", "request-1", 1))).isEmpty();
        assertThat(endpoint.posted("gone")).hasSize(1);
        assertThat(endpoint.posted("there")).hasSize(1);
        assertThat(endpoint.closed()).isEmpty();
        assertThat(connections.subscribers(Topic.ofOwner("ann"))).containsExactly("there");
        assertThat(metrics.counted(Counter.DROPPED, "gone")).isEqualTo(1);
    }

    @Test
    void throttled_or_failed_pushes_are_tried_three_times() {
        subscribe("ann", "a1", "a2");
        endpoint.respond("POST", "a1", 429, 429, 200);
        endpoint.respond("POST", "a2", 500, 200);

        handle(StreamRecords.changed("ann", "request-1", 1));
        assertThat(endpoint.posted("a1")).hasSize(3);
        assertThat(endpoint.posted("a2")).hasSize(2);
        assertThat(connections.subscribers(Topic.ofOwner("ann")))
                .containsExactlyInAnyOrder("a1", "a2");
        assertThat(metrics.counted(Counter.PUSHED, "status")).isEqualTo(2);
    }

    @Test
    void a_connection_that_failed_three_times_is_closed_and_deleted_and_gets_nothing_more() {
        subscribe("ann", "slow", "quick");
        endpoint.respond("POST", "slow", 429);

        assertThat(
                        handle(
                                StreamRecords.changed("ann", "request-1", 1),
                                StreamRecords.changed("ann", "request-2", 1)))
                .isEmpty();
        assertThat(endpoint.closed()).isEqualTo(Map.of("slow", 1L));
        assertThat(connections.subscribers(Topic.ofOwner("ann"))).containsExactly("quick");
        assertThat(endpoint.posted("quick")).hasSize(2);
        assertThat(endpoint.posted("slow")).hasSizeLessThanOrEqualTo(6);
        assertThat(metrics.counted(Counter.DROPPED, "slow")).isEqualTo(1);
    }

    @Test
    void a_connection_that_refuses_a_push_is_closed_at_once() {
        subscribe("ann", "a1");
        endpoint.respond("POST", "a1", 413);

        handle(StreamRecords.changed("ann", "request-1", 1));
        assertThat(endpoint.posted("a1")).hasSize(1);
        assertThat(endpoint.closed()).isEqualTo(Map.of("a1", 1L));
        assertThat(connections.subscribers(Topic.ofOwner("ann"))).isEmpty();
    }

    @Test
    void a_connection_that_hangs_is_closed_and_the_others_get_everything() {
        subscribe("ann", "hangs", "quick-1", "quick-2");
        endpoint.respond("POST", "hangs", ConnectionsEndpoint.HANG);
        DynamodbStreamRecord[] many =
                IntStream.range(0, 50)
                        .mapToObj(n -> StreamRecords.changed("ann", "request-" + n, 1))
                        .toArray(DynamodbStreamRecord[]::new);

        assertThat(handle(many)).isEmpty();
        assertThat(endpoint.posted("quick-1")).hasSize(50);
        assertThat(endpoint.posted("quick-2")).hasSize(50);
        assertThat(endpoint.posted("hangs")).hasSize(1);
        assertThat(endpoint.closed()).isEqualTo(Map.of("hangs", 1L));
        assertThat(connections.subscribers(Topic.ofOwner("ann")))
                .containsExactlyInAnyOrder("quick-1", "quick-2");
    }

    @Test
    void records_whose_subscribers_cannot_be_read_are_redelivered() {
        StatusNotifier dead =
                notifier(
                        new DynamoDbConnectionStore(
                                ConnectionTables.outOfReach(), table, 1000, clock));
        DynamodbStreamRecord one = StreamRecords.changed("ann", "request-1", 1);
        DynamodbStreamRecord other = StreamRecords.changed("bob", "request-2", 1);

        assertThat(failed(dead, StreamRecords.batch(one, StreamRecords.other(), other)))
                .containsExactlyInAnyOrder(
                        one.getDynamodb().getSequenceNumber(),
                        other.getDynamodb().getSequenceNumber());
    }

    @Test
    void records_are_redelivered_if_the_gateway_is_unreachable() {
        subscribe("ann", "a1");
        endpoint.close();
        DynamodbStreamRecord one = StreamRecords.changed("ann", "request-1", 1);
        DynamodbStreamRecord unsubscribed = StreamRecords.changed("bob", "request-2", 1);

        assertThat(handle(one, unsubscribed))
                .containsExactly(one.getDynamodb().getSequenceNumber());
        assertThat(connections.subscribers(Topic.ofOwner("ann"))).containsExactly("a1");
    }

    @Test
    void the_time_from_a_change_to_its_push_is_recorded() {
        subscribe("ann", "a1");
        clock.advance(Duration.ofMillis(40));
        handle(StreamRecords.changed("ann", "request-1", 1));

        assertThat(metrics.times()).containsExactly(Duration.ofMillis(40));
    }

    @Test
    void a_change_of_an_expired_request_is_pushed_as_its_removal() {
        subscribe("ann", "a1");
        handle(StreamRecords.expired("ann", "request-1", 3, clock.instant()));

        assertThat(endpoint.posted("a1")).hasSize(1);
        assertThat(endpoint.posted("a1").getFirst().path("type").asText()).isEqualTo("removed");
        assertThat(endpoint.posted("a1").getFirst().path("id").asText()).isEqualTo("request-1");
        assertThat(endpoint.posted("a1").getFirst().path("version").asInt()).isEqualTo(3);
    }

    // Links

    @Test
    void those_who_watch_a_shared_request_by_a_link_only_learn_that_it_has_changed() {
        subscribe("ann", "owner");
        connections.subscribe(Topic.ofRequest(SHARED), "watcher-1");
        connections.subscribe(Topic.ofRequest(SHARED), "watcher-2");
        connections.subscribe(Topic.ofRequest(new RequestKey("ann", "request-2")), "other");
        connections.subscribe(Topic.ofRequest(new RequestKey("bob", "request-1")), "bobs");

        assertThat(handle(StreamRecords.shared(StreamRecords.changed("ann", "request-1", 3))))
                .isEmpty();

        assertThat(versions("owner", "request-1")).containsExactly(3);
        assertThat(frames("owner")).hasSize(1);
        assertThat(frames("watcher-1")).containsExactly("{\"type\":\"changed\"}");
        assertThat(frames("watcher-2")).containsExactly("{\"type\":\"changed\"}");
        assertThat(frames("other")).isEmpty();
        assertThat(frames("bobs")).isEmpty();
        assertThat(metrics.counted(Counter.PUSHED, "changed")).isEqualTo(2);
    }

    @Test
    void those_who_watch_by_a_link_are_pushed_one_frame_for_each_batch() {
        connections.subscribe(Topic.ofRequest(SHARED), "watcher");

        handle(
                StreamRecords.shared(StreamRecords.changed("ann", "request-1", 1)),
                StreamRecords.shared(StreamRecords.changed("ann", "request-1", 2)),
                StreamRecords.shared(StreamRecords.removed("ann", "request-1", 2)));

        assertThat(frames("watcher")).containsExactly("{\"type\":\"changed\"}");
    }

    @Test
    void watchers_of_a_request_that_is_not_shared_are_not_queried() {
        var queried = new CopyOnWriteArrayList<Topic>();
        StatusNotifier watched = notifier(recording(queried));

        failed(watched, StreamRecords.batch(StreamRecords.changed("ann", "request-1", 1)));
        assertThat(queried).containsExactly(Topic.ofOwner("ann"));

        queried.clear();
        failed(
                watched,
                StreamRecords.batch(
                        StreamRecords.shared(StreamRecords.changed("ann", "request-1", 1))));
        assertThat(queried).containsExactly(Topic.ofOwner("ann"), Topic.ofRequest(SHARED));
    }

    private ConnectionStore recording(List<Topic> queried) {
        return new ConnectionStore() {
            @Override
            public SubscribeOutcome subscribe(Topic topic, String connectionId) {
                return connections.subscribe(topic, connectionId);
            }

            @Override
            public void unsubscribe(Topic topic, String connectionId) {
                connections.unsubscribe(topic, connectionId);
            }

            @Override
            public List<String> subscribers(Topic topic) {
                queried.add(topic);
                return connections.subscribers(topic);
            }
        };
    }

    @Test
    void removal_is_pushed_as_a_change_and_deletes_the_links_of_this_life_only() {
        connections.subscribe(Topic.ofRequest(SHARED), "watcher");
        links.add(link("a", SHARED, StreamRecords.life()));
        links.add(link("b", SHARED, StreamRecords.life()));
        links.add(link("next-life", SHARED, "another-life"));
        links.add(link("no-life", SHARED, null));
        links.add(link("other", new RequestKey("ann", "request-2"), StreamRecords.life()));

        assertThat(handle(StreamRecords.shared(StreamRecords.removed("ann", "request-1", 3))))
                .isEmpty();

        assertThat(frames("watcher")).containsExactly("{\"type\":\"changed\"}");
        assertThat(links.of(SHARED))
                .extracting(Link::id)
                .containsExactlyInAnyOrder("next-life", "no-life");
        assertThat(links.find("other")).isPresent();
    }

    @Test
    void request_ends_for_those_who_watch_it_when_it_has_expired_and_its_id_is_submitted_again() {
        connections.subscribe(Topic.ofRequest(SHARED), "watcher");
        links.add(link("a", SHARED, StreamRecords.life()));
        links.add(link("next-life", SHARED, "another-life"));

        assertThat(handle(StreamRecords.replacedShared("ann", "request-1"))).isEmpty();

        assertThat(frames("watcher")).containsExactly("{\"type\":\"changed\"}");
        assertThat(links.of(SHARED)).extracting(Link::id).containsExactly("next-life");
    }

    @Test
    void links_of_an_expired_request_are_deleted() {
        links.add(link("a", SHARED, StreamRecords.life()));

        handle(StreamRecords.shared(StreamRecords.expired("ann", "request-1", 3, clock.instant())));

        assertThat(links.of(SHARED)).isEmpty();
    }

    @Test
    void change_deletes_no_link() {
        links.add(link("a", SHARED, StreamRecords.life()));

        handle(StreamRecords.shared(StreamRecords.changed("ann", "request-1", 3)));

        assertThat(links.find("a")).isPresent();
    }

    @Test
    void removal_is_redelivered_if_its_links_cannot_be_deleted() {
        StatusNotifier dead =
                notifier(
                        connections,
                        new DynamoDbLinks(ConnectionTables.outOfReach(), "links", clock));
        DynamodbStreamRecord shared =
                StreamRecords.shared(StreamRecords.removed("ann", "request-1", 1));
        DynamodbStreamRecord notShared = StreamRecords.removed("bob", "request-1", 1);

        assertThat(failed(dead, StreamRecords.batch(shared, notShared)))
                .containsExactly(shared.getDynamodb().getSequenceNumber());
    }

    private Link link(String id, RequestKey request, @Nullable String life) {
        return new Link(
                id,
                request,
                life,
                new LinkOptions(LinkScope.WATCH, null, null, false, Instant.MAX),
                clock.instant());
    }

    private List<String> frames(String connectionId) {
        return endpoint.posted(connectionId).stream().map(Json::write).toList();
    }

    private void subscribe(String owner, String... connectionIds) {
        for (String connectionId : connectionIds) {
            connections.subscribe(Topic.ofOwner(owner), connectionId);
        }
    }

    private List<String> handle(DynamodbStreamRecord... records) {
        return failed(notifier, StreamRecords.batch(records));
    }

    private static List<String> failed(StatusNotifier notifier, DynamodbEvent batch) {
        StreamsEventResponse response = notifier.handleRequest(batch, Contexts.NONE);
        return response.getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();
    }

    private List<Integer> versions(String connectionId, String id) {
        return endpoint.posted(connectionId).stream()
                .map(frame -> frame.path("request"))
                .filter(request -> request.path("id").asText().equals(id))
                .map((JsonNode request) -> request.path("version").asInt())
                .toList();
    }
}
