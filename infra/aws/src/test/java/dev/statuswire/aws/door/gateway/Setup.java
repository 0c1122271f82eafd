package dev.statuswire.aws.door.gateway;

import dev.statuswire.api.testing.TestTypes;
import dev.statuswire.aws.door.Owner;
import dev.statuswire.core.type.RequestTypes;
import java.net.URI;
import java.time.InstantSource;

/**
 * What a {@link GatewayDoor} is made of.
 *
 * @param table where requests are kept
 * @param owner where the templates look for it
 * @param authorizer what names it
 * @param database what the front door calls
 * @param engine what runs the mapping templates
 */
public record Setup(
        DynamoDbHttp dynamoDb,
        String table,
        RequestTypes types,
        Owner owner,
        Authorizer authorizer,
        URI database,
        InstantSource clock,
        Engine engine) {

    /** The test types over a new table, with a Cognito authorizer. */
    public static Setup of(DynamoDbHttp dynamoDb) {
        return new Setup(
                dynamoDb,
                dynamoDb.newRequestsTable(),
                TestTypes.all(),
                Owner.COGNITO,
                Authorizer.COGNITO,
                dynamoDb.uri(),
                InstantSource.system(),
                Engine.VELOCITY_2);
    }

    /** This, on another engine. */
    public Setup on(Engine other) {
        return new Setup(dynamoDb, table, types, owner, authorizer, database, clock, other);
    }

    /** This, at another time. */
    public Setup at(InstantSource time) {
        return new Setup(dynamoDb, table, types, owner, authorizer, database, time, engine);
    }

    /** This, with another authorizer. */
    public Setup namedBy(Owner other) {
        Authorizer its = other == Owner.COGNITO ? Authorizer.COGNITO : Authorizer.LAMBDA;
        return new Setup(dynamoDb, table, types, other, its, database, clock, engine);
    }

    /** This, without any authorizer. */
    public Setup namedByNobody() {
        return new Setup(dynamoDb, table, types, owner, Authorizer.NONE, database, clock, engine);
    }

    /** This, with other types. */
    public Setup with(RequestTypes others) {
        return new Setup(dynamoDb, table, others, owner, authorizer, database, clock, engine);
    }

    /** This, in front of another database. */
    public Setup over(URI other) {
        return new Setup(dynamoDb, table, types, owner, authorizer, other, clock, engine);
    }
}
