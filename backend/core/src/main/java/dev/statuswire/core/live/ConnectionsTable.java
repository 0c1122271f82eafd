package dev.statuswire.core.live;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The connections table: partition key {@code topic}, sort key {@code connectionId}, no stream, TTL
 * on {@value #EXPIRES_AT}. It has two kinds of items, both of which its readers take for absent
 * once they have expired, since TTL deletes them only within a few days.
 *
 * <pre>
 * a connection that has subscribed
 *   topic         S  "owner#" and whose it is
 *   connectionId  S  what API Gateway calls it
 *   expiresAt     N  epoch seconds: 2 h 10 min after it subscribed, since a connection lives 2 h
 *
 * a ticket that nobody has used
 *   topic         S  "ticket#" and the ticket
 *   connectionId  S  "-", since a key must have one
 *   owner         S  who may connect with it
 *   expiresAt     N  epoch seconds: 30 s after it was issued
 * </pre>
 *
 * <p>Why one partition an owner: the subscribers of an owner are one consistent Query.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html">Using
 *     time to live (TTL) in DynamoDB</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html">Quotas
 *     of WebSocket APIs: connection duration</a>
 */
public final class ConnectionsTable {

    /** The attribute that the table's TTL is set to. */
    public static final String EXPIRES_AT = "expiresAt";

    /** The partition key. */
    public static final String TOPIC = "topic";

    /** The sort key. */
    public static final String CONNECTION_ID = "connectionId";

    static final String OWNER = "owner";

    private static final String NO_CONNECTION = "-";

    private ConnectionsTable() {}

    /** The partition that an owner's connections are in. */
    public static AttributeValue topicOf(String owner) {
        return AttributeValue.fromS("owner#" + owner);
    }

    /** The key of a connection. */
    public static Map<String, AttributeValue> connectionKey(String owner, String connectionId) {
        return Map.of(TOPIC, topicOf(owner), CONNECTION_ID, AttributeValue.fromS(connectionId));
    }

    static Map<String, AttributeValue> ticketKey(String ticket) {
        return Map.of(
                TOPIC,
                AttributeValue.fromS("ticket#" + ticket),
                CONNECTION_ID,
                AttributeValue.fromS(NO_CONNECTION));
    }

    /** Whole seconds, the fraction cut off, so that an item never counts for too long. */
    public static AttributeValue seconds(Instant time) {
        return AttributeValue.fromN(Long.toString(time.getEpochSecond()));
    }
}
