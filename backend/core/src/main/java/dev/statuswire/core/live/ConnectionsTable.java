package dev.statuswire.core.live;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The connections table: partition key {@code topic}, sort key {@code connectionId}, no stream, TTL
 * attribute {@value #EXPIRES_AT}. It contains two kinds of items. Readers treat both as absent once
 * they have expired, because TTL deletes them only within a few days.
 *
 * <pre>
 * a connection that has subscribed
 *   topic         S  "owner#" and the owner, or "request#", the owner, "#" and the id of the only
 *                    request, which it watches by a link
 *   connectionId  S  API Gateway's id of the connection
 *   expiresAt     N  epoch seconds: 2 h 10 min after it subscribed, since a connection lasts 2 h
 *
 * an unused ticket
 *   topic         S  "ticket#" and the ticket
 *   connectionId  S  "-", because the key needs one
 *   owner         S? the user who may connect with it; absent for a ticket of a link
 *   linkOwner     S? the owner of the only request that may be watched with it, by a link
 *   linkRequest   S? the id of this request. A release without links knows neither attribute, so it
 *                    refuses the ticket, instead of showing all requests of the owner
 *   expiresAt     N  epoch seconds: 30 s after it was issued
 * </pre>
 *
 * <p>All connections of a topic are in one partition, so that one consistent Query returns them.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html">Using
 *     time to live (TTL) in DynamoDB</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html">Quotas
 *     of WebSocket APIs: connection duration</a>
 */
public final class ConnectionsTable {

    /** The table's TTL attribute. */
    public static final String EXPIRES_AT = "expiresAt";

    /** The partition key. */
    public static final String TOPIC = "topic";

    /** The sort key. */
    public static final String CONNECTION_ID = "connectionId";

    static final String OWNER = "owner";

    static final String LINK_OWNER = "linkOwner";

    static final String LINK_REQUEST = "linkRequest";

    private static final String NO_CONNECTION = "-";

    private static final String OF_OWNER = "owner#";

    private static final String OF_REQUEST = "request#";

    private ConnectionsTable() {}

    /** Returns the partition of a topic's connections. An id of a request contains no {@code #}. */
    public static AttributeValue partitionOf(Topic topic) {
        return AttributeValue.fromS(
                topic.requestId() == null
                        ? OF_OWNER + topic.owner()
                        : OF_REQUEST + topic.owner() + "#" + topic.requestId());
    }

    /**
     * Returns the owner who has the connections in a partition; empty if the partition contains a
     * ticket, or connections by link.
     */
    public static Optional<String> ownerOf(AttributeValue topic) {
        return Optional.of(topic.s())
                .filter(it -> it.startsWith(OF_OWNER))
                .map(it -> it.substring(OF_OWNER.length()));
    }

    /** Returns the key of a connection. */
    public static Map<String, AttributeValue> connectionKey(Topic topic, String connectionId) {
        return Map.of(TOPIC, partitionOf(topic), CONNECTION_ID, AttributeValue.fromS(connectionId));
    }

    static Map<String, AttributeValue> ticketKey(String ticket) {
        return Map.of(
                TOPIC,
                AttributeValue.fromS("ticket#" + ticket),
                CONNECTION_ID,
                AttributeValue.fromS(NO_CONNECTION));
    }

    /**
     * Returns a time in whole seconds. The fraction is cut off, so that an item never counts for
     * too long.
     */
    public static AttributeValue seconds(Instant time) {
        return AttributeValue.fromN(Long.toString(time.getEpochSecond()));
    }
}
