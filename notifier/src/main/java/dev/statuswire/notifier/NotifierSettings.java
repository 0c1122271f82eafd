package dev.statuswire.notifier;

import dev.statuswire.core.link.DynamoDbLinks;
import dev.statuswire.core.link.LinkStore;
import dev.statuswire.core.live.DynamoDbTickets;
import dev.statuswire.core.live.Tickets;
import dev.statuswire.core.settings.AwsClients;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.settings.TableNames;
import dev.statuswire.notifier.connections.ConnectionStore;
import dev.statuswire.notifier.connections.DynamoDbConnectionStore;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of this module's handlers.
 *
 * @param dynamoDb the endpoint of DynamoDB; empty for AWS's own
 * @param connectionsTable the name of the connections table
 * @param linksTable the name of the links table
 * @param maxConnections how many connections one owner, or one request by links, may have, at least
 *     1
 * @param gateway the endpoint for pushes to connections; empty for handlers that push nothing
 */
record NotifierSettings(
        Optional<URI> dynamoDb,
        String connectionsTable,
        String linksTable,
        int maxConnections,
        Optional<URI> gateway) {

    static final String GATEWAY = "STATUSWIRE_CONNECTIONS_ENDPOINT";
    static final String MAX_CONNECTIONS = "STATUSWIRE_MAX_CONNECTIONS";

    private static final Logger LOG = LoggerFactory.getLogger(NotifierSettings.class);

    private static final int DEFAULT_MAX_CONNECTIONS = 1000;

    /**
     * @throws IllegalArgumentException if a value is out of range
     */
    NotifierSettings {
        if (maxConnections < 1) {
            throw new IllegalArgumentException(
                    MAX_CONNECTIONS + " must be at least 1: " + maxConnections);
        }
    }

    /** Reads the settings like {@link #from}, and logs them. */
    static NotifierSettings logged(Environment environment) {
        NotifierSettings settings = from(environment);
        LOG.info("starting with {}", settings);
        return settings;
    }

    /**
     * Reads the settings from {@code STATUSWIRE_DYNAMODB_ENDPOINT}, {@code
     * STATUSWIRE_CONNECTIONS_TABLE}, {@code STATUSWIRE_LINKS_TABLE}, {@value #MAX_CONNECTIONS} and
     * {@value #GATEWAY}.
     *
     * @throws IllegalArgumentException if a value is invalid
     */
    static NotifierSettings from(Environment environment) {
        return new NotifierSettings(
                environment.uri("STATUSWIRE_DYNAMODB_ENDPOINT"),
                TableNames.from(environment).connections(),
                TableNames.from(environment).links(),
                environment.number(MAX_CONNECTIONS, DEFAULT_MAX_CONNECTIONS),
                environment.uri(GATEWAY));
    }

    /**
     * Returns the endpoint for pushes.
     *
     * @throws IllegalArgumentException if it is not set
     */
    URI requiredGateway() {
        return gateway.orElseThrow(
                () ->
                        new IllegalArgumentException(
                                GATEWAY
                                        + " is not set; set it to the endpoint for pushes, such as"
                                        + " https://<api>.execute-api.<region>.amazonaws.com/"
                                        + "<stage>"));
    }

    ConnectionStore openConnections() {
        return new DynamoDbConnectionStore(
                AwsClients.dynamoDb(dynamoDb),
                connectionsTable,
                maxConnections,
                InstantSource.system());
    }

    LinkStore openLinks() {
        return new DynamoDbLinks(AwsClients.dynamoDb(dynamoDb), linksTable, InstantSource.system());
    }

    Tickets openTickets() {
        return new DynamoDbTickets(
                AwsClients.dynamoDb(dynamoDb),
                connectionsTable,
                new SecureRandom(),
                InstantSource.system());
    }
}
