package dev.statuswire.aws.door.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.api.testing.TestTypes;
import dev.statuswire.aws.Synthesized;
import dev.statuswire.aws.door.OwnerExpression;
import dev.statuswire.aws.template.Database;
import dev.statuswire.core.testing.TestType;
import dev.statuswire.core.type.RequestTypes;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The setup of a {@link GatewayDoor}.
 *
 * @param template the template that the gateway runs
 * @param assets the folder that the template was synthesized to
 * @param types the types that it was synthesized for
 * @param code the code of the functions, in which they find their types
 * @param database the database that the integrations and functions call
 */
public record GatewaySetup(
        JsonNode template,
        Path assets,
        RequestTypes types,
        ClassLoader code,
        URI database,
        InstantSource clock) {

    /** A type whose step names have a meaning in one of the languages that process them. */
    public static final String ODD_TYPE = "odd";

    private static final RequestTypes TEST_TYPES =
            RequestTypes.of(
                    Stream.concat(
                                    TestTypes.all().all().stream(),
                                    Stream.of(
                                            TestType.of(
                                                    ODD_TYPE,
                                                    "it's",
                                                    "\"$input.body\"",
                                                    "#end #set($a = 1) ##",
                                                    "@{table}",
                                                    "\\\ud83c\udf5c\u2028",
                                                    "#[[x]]#")))
                            .toList());

    /**
     * Returns the stack with a user pool, synthesized for the test types and {@value #ODD_TYPE}.
     */
    public static GatewaySetup standard() {
        return of("test-types", TEST_TYPES);
    }

    /**
     * Returns the stack with a user pool, synthesized for these types. Its functions find only the
     * types of {@link LoadedType}.
     *
     * @param name of the folder that it is written to
     */
    public static GatewaySetup of(String name, RequestTypes types) {
        return of(Synthesized.of(name, types), types, TestTypesLayer.LOADER);
    }

    /** Returns the shipped stack, in which all calls are those of {@code owner}. */
    public static GatewaySetup shipped(OwnerExpression owner) {
        Synthesized stack =
                owner == OwnerExpression.COGNITO ? Synthesized.shipped() : Synthesized.ownIssuer();
        return of(stack, RequestTypes.load(), GatewaySetup.class.getClassLoader());
    }

    private static GatewaySetup of(Synthesized synthesized, RequestTypes types, ClassLoader code) {
        return new GatewaySetup(
                synthesized.template(),
                synthesized.folder(),
                types,
                code,
                Database.endpoint(),
                InstantSource.system());
    }

    /** Returns this setup at a different time. */
    public GatewaySetup at(InstantSource time) {
        return new GatewaySetup(template, assets, types, code, database, time);
    }

    /** Returns this setup in front of a different database. */
    public GatewaySetup over(URI other) {
        return new GatewaySetup(template, assets, types, code, other, clock);
    }

    /** Returns this setup with an edited template. */
    public GatewaySetup edited(UnaryOperator<ObjectNode> edit) {
        return new GatewaySetup(
                edit.apply(template.deepCopy()), assets, types, code, database, clock);
    }
}
