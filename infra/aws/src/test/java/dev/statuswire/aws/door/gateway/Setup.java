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
 * What a {@link GatewayDoor} is made of.
 *
 * @param template what the gateway runs
 * @param assets the folder that it was synthesized to
 * @param types that it was synthesized for
 * @param code of the functions, which find their types in it
 * @param database what the integrations and functions call
 */
public record Setup(
        JsonNode template,
        Path assets,
        RequestTypes types,
        ClassLoader code,
        URI database,
        InstantSource clock) {

    /** A type whose steps have names that mean something to some language on the way. */
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

    /** The stack with a user pool, synthesized for the test types and {@value #ODD_TYPE}. */
    public static Setup standard() {
        return of(Synthesized.of("test-types", TEST_TYPES), TEST_TYPES, TestTypesLayer.LOADER);
    }

    /** The stack as it is shipped whose calls are those of {@code owner}. */
    public static Setup shipped(OwnerExpression owner) {
        Synthesized stack =
                owner == OwnerExpression.COGNITO ? Synthesized.shipped() : Synthesized.ownIssuer();
        return of(stack, RequestTypes.load(), Setup.class.getClassLoader());
    }

    private static Setup of(Synthesized synthesized, RequestTypes types, ClassLoader code) {
        return new Setup(
                synthesized.template(),
                synthesized.folder(),
                types,
                code,
                Database.endpoint(),
                InstantSource.system());
    }

    /** This, at another time. */
    public Setup at(InstantSource time) {
        return new Setup(template, assets, types, code, database, time);
    }

    /** This, in front of another database. */
    public Setup over(URI other) {
        return new Setup(template, assets, types, code, other, clock);
    }

    /** This, with a template that is edited. */
    public Setup edited(UnaryOperator<ObjectNode> edit) {
        return new Setup(edit.apply(template.deepCopy()), assets, types, code, database, clock);
    }
}
