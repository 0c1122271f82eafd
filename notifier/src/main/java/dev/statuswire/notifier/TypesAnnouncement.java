package dev.statuswire.notifier;

import dev.statuswire.core.live.Topic;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.notifier.connections.DynamoDbConnectionStore;
import dev.statuswire.notifier.frame.ChangeFrames;
import dev.statuswire.notifier.frame.Frame;
import dev.statuswire.notifier.push.Pusher;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;

/**
 * Tells every open page that the request types have changed, so that it reads them again. A page
 * that misses this reads them when it reconnects, and otherwise every few minutes. Thread-safe.
 */
public final class TypesAnnouncement {

    private static final Logger LOG = LoggerFactory.getLogger(TypesAnnouncement.class);

    private final DynamoDbConnectionStore connections;
    private final Pusher pusher;

    /**
     * Creates an announcement to these connections.
     *
     * @param gateway the client for pushes, to be closed by its owner
     */
    public TypesAnnouncement(
            DynamoDbConnectionStore connections,
            ApiGatewayManagementApiClient gateway,
            Metrics metrics,
            TimeAndRandomness timeAndRandomness) {
        this.connections = connections;
        this.pusher = new Pusher(gateway, connections, metrics, timeAndRandomness);
    }

    /** Pushes the announcement. Blocks until every page has received it or cannot receive it. */
    public void push() {
        List<List<Frame>> frames = List.of(List.of(ChangeFrames.typesChanged()));
        try {
            connections
                    .byOwner()
                    .forEach((owner, ids) -> pusher.push(Topic.ofOwner(owner), ids, frames));
        } catch (StoreException failed) {
            LOG.warn(
                    "could not read the connections; open pages show the new request types later",
                    failed);
        }
    }
}
