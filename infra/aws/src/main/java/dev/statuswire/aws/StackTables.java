package dev.statuswire.aws;

import dev.statuswire.core.link.DynamoDbLinks;
import dev.statuswire.core.table.TableDefinition;
import dev.statuswire.core.transition.Item;
import java.util.Map;
import software.amazon.awscdk.services.dynamodb.CfnTable;
import software.constructs.Construct;

/**
 * The tables. CloudFormation chooses their names, and the functions receive the names in their
 * environment.
 */
final class StackTables extends Construct {

    private final CfnTable requests;
    private final CfnTable users;
    private final CfnTable bookings;
    private final CfnTable links;
    private final CfnTable connections;
    private final CfnTable activity;

    StackTables(Construct scope, DeployOptions options) {
        super(scope, "Tables");
        var from = new TableFactory(!options.isTrial());
        requests = from.definition(this, "Requests", TableDefinition.REQUESTS);
        users = from.definition(this, "Users", TableDefinition.USERS);
        bookings = from.definition(this, "Bookings", TableDefinition.BOOKINGS);
        links = from.definition(this, "Links", TableDefinition.LINKS);
        connections = from.definition(this, "Connections", TableDefinition.CONNECTIONS);
        activity = from.definition(this, "Activity", TableDefinition.ACTIVITY);
    }

    CfnTable requests() {
        return requests;
    }

    CfnTable users() {
        return users;
    }

    CfnTable bookings() {
        return bookings;
    }

    CfnTable links() {
        return links;
    }

    CfnTable connections() {
        return connections;
    }

    CfnTable activity() {
        return activity;
    }

    /** Returns the ARN of the index of due requests. */
    String dueIndexArn() {
        return requests.getAttrArn() + "/index/" + Item.DUE_INDEX;
    }

    /** Returns the ARN of the index of links by request. */
    String linksIndexArn() {
        return links.getAttrArn() + "/index/" + DynamoDbLinks.REQUEST_INDEX;
    }

    /** Returns the environment variables with the names of the tables. */
    Map<String, String> environment() {
        return Map.of(
                "STATUSWIRE_REQUESTS_TABLE", requests.getRef(),
                "STATUSWIRE_USERS_TABLE", users.getRef(),
                "STATUSWIRE_BOOKINGS_TABLE", bookings.getRef(),
                "STATUSWIRE_LINKS_TABLE", links.getRef(),
                "STATUSWIRE_CONNECTIONS_TABLE", connections.getRef(),
                "STATUSWIRE_ACTIVITY_TABLE", activity.getRef());
    }
}
