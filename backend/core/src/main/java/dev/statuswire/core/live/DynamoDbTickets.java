package dev.statuswire.core.live;

import dev.statuswire.core.store.StoreException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * Tickets in a DynamoDB table, as items of {@link ConnectionsTable}. A ticket is redeemed by
 * deleting its item: only the one delete that succeeds returns the topic. If the response to that
 * delete is lost, the SDK's next attempt finds the ticket used, and the page has to request another
 * one. A ticket can never be redeemed twice.
 */
public final class DynamoDbTickets implements Tickets {

    /**
     * Selects an unused ticket that has not expired, which is deleted. An expired ticket stays
     * until TTL deletes it. A ticket that was used or never issued does not exist.
     */
    private static final String NOT_EXPIRED = ConnectionsTable.EXPIRES_AT + " > :now";

    private static final int BYTES = 24;

    /**
     * The form of {@value #BYTES} encoded bytes. A text of any other form cannot be a ticket, so it
     * is refused without asking the database.
     */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{32}");

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final SecureRandom random;
    private final InstantSource clock;

    /**
     * Creates and redeems tickets in {@code table}.
     *
     * @param random generates the tickets
     * @param clock by which tickets expire
     */
    public DynamoDbTickets(
            DynamoDbClient dynamoDb, String table, SecureRandom random, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.random = random;
        this.clock = clock;
    }

    @Override
    public Ticket issue(Topic topic) {
        Instant end = clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(Ticket.SECONDS);
        Ticket ticket = new Ticket(secret(), end);
        var item = new HashMap<>(ConnectionsTable.ticketKey(ticket.value()));
        if (topic.requestId() == null) {
            item.put(ConnectionsTable.OWNER, AttributeValue.fromS(topic.owner()));
        } else {
            item.put(ConnectionsTable.LINK_OWNER, AttributeValue.fromS(topic.owner()));
            item.put(ConnectionsTable.LINK_REQUEST, AttributeValue.fromS(topic.requestId()));
        }
        item.put(ConnectionsTable.EXPIRES_AT, ConnectionsTable.seconds(end));
        try {
            dynamoDb.putItem(request -> request.tableName(table).item(item));
            return ticket;
        } catch (SdkException failed) {
            throw new StoreException("issue of a ticket for " + topic.owner(), failed);
        }
    }

    private String secret() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public Optional<Topic> redeem(String ticket) {
        return FORM.matcher(ticket).matches() ? delete(ticket) : Optional.empty();
    }

    private Optional<Topic> delete(String ticket) {
        var delete =
                DeleteItemRequest.builder()
                        .tableName(table)
                        .key(ConnectionsTable.ticketKey(ticket))
                        .conditionExpression(NOT_EXPIRED)
                        .expressionAttributeValues(
                                Map.of(":now", ConnectionsTable.seconds(clock.instant())))
                        .returnValues(ReturnValue.ALL_OLD)
                        .build();
        try {
            var deleted = dynamoDb.deleteItem(delete).attributes();
            return Topic.of(
                    text(deleted, ConnectionsTable.OWNER),
                    text(deleted, ConnectionsTable.LINK_OWNER),
                    text(deleted, ConnectionsTable.LINK_REQUEST));
        } catch (ConditionalCheckFailedException notOne) {
            return Optional.empty();
        } catch (SdkException failed) {
            throw new StoreException("redemption of a ticket", failed);
        }
    }

    private static Optional<String> text(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
    }
}
