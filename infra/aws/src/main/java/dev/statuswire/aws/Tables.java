package dev.statuswire.aws;

import dev.statuswire.core.activity.ActivityLog;
import dev.statuswire.core.live.ConnectionsTable;
import dev.statuswire.core.store.RequestsTable;
import dev.statuswire.core.transition.Item;
import dev.statuswire.types.users.UsersTable;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.services.dynamodb.CfnTable;
import software.constructs.Construct;

/** The tables; their names are CloudFormation's, and the functions are told them. */
final class Tables extends Construct {

    /** The names are no part of what is taken over from a definition. */
    private static final String ANY_NAME = "any";

    private final CfnTable requests;
    private final CfnTable users;
    private final CfnTable connections;
    private final CfnTable activity;

    Tables(Construct scope, Options options) {
        super(scope, "Tables");
        var from = new TableFrom(!options.isForTrying());
        requests =
                from.definition(
                        this,
                        "Requests",
                        RequestsTable.definition(ANY_NAME),
                        Optional.of(Item.EXPIRES_AT));
        users =
                from.definition(
                        this,
                        "Users",
                        UsersTable.definition(ANY_NAME),
                        Optional.of(UsersTable.EXPIRES_AT));
        connections =
                from.definition(
                        this,
                        "Connections",
                        ConnectionsTable.definition(ANY_NAME),
                        Optional.of(ConnectionsTable.EXPIRES_AT));
        activity =
                from.definition(
                        this,
                        "Activity",
                        ActivityLog.definition(ANY_NAME),
                        Optional.of(ActivityLog.EXPIRES_AT));
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
        return requests.getAttrArn() + "/index/" + RequestsTable.DUE_INDEX;
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
