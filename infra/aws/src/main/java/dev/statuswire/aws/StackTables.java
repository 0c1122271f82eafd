package dev.statuswire.aws;

import dev.statuswire.core.table.TableDefinition;
import dev.statuswire.core.transition.Item;
import java.util.Map;
import software.amazon.awscdk.services.dynamodb.CfnTable;
import software.constructs.Construct;

/** The tables; their names are CloudFormation's, and the functions are told them. */
final class StackTables extends Construct {

    private final CfnTable requests;
    private final CfnTable users;
    private final CfnTable connections;
    private final CfnTable activity;

    StackTables(Construct scope, DeployOptions options) {
        super(scope, "Tables");
        var from = new TableFactory(!options.isForTrying());
        requests = from.definition(this, "Requests", TableDefinition.REQUESTS);
        users = from.definition(this, "Users", TableDefinition.USERS);
        connections = from.definition(this, "Connections", TableDefinition.CONNECTIONS);
        activity = from.definition(this, "Activity", TableDefinition.ACTIVITY);
    }

    CfnTable requests() {
        return requests;
    }

    CfnTable users() {
        return users;
    }

    CfnTable connections() {
        return connections;
    }

    CfnTable activity() {
        return activity;
    }

    /** The ARN of the index of what is due. */
    String dueIndexArn() {
        return requests.getAttrArn() + "/index/" + Item.DUE_INDEX;
    }

    /** Their names, as the functions look for them. */
    Map<String, String> environment() {
        return Map.of(
                "STATUSWIRE_REQUESTS_TABLE", requests.getRef(),
                "STATUSWIRE_USERS_TABLE", users.getRef(),
                "STATUSWIRE_CONNECTIONS_TABLE", connections.getRef(),
                "STATUSWIRE_ACTIVITY_TABLE", activity.getRef());
    }
}
