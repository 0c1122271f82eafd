package dev.statuswire.aws.door.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.api.testing.TestTypes;
import dev.statuswire.aws.Synthesized;
import dev.statuswire.aws.door.Owner;
import dev.statuswire.aws.template.Database;
import dev.statuswire.core.type.RequestTypes;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

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

    /** The stack with a user pool, synthesized for the test types. */
    public static Setup standard() {
        return of("test-types", true);
    }

    /** A stack that is synthesized for other types, which its functions do not know. */
    public static Setup with(String name, RequestTypes types) {
        return of(Synthesized.of(name, true, types), types, Setup.class.getClassLoader());
    }

    /** The stack with a user pool as it is shipped. */
    public static Setup shipped() {
        return of(Synthesized.shipped(), RequestTypes.load(), Setup.class.getClassLoader());
    }

    /** The stack for the test types whose calls are those of {@code owner}. */
    public static Setup namedBy(Owner owner) {
        return owner == Owner.COGNITO ? standard() : of("test-types-own-issuer", false);
    }

    private static Setup of(String name, boolean withUserPool) {
        RequestTypes types = TestTypes.all();
        return of(Synthesized.of(name, withUserPool, types), types, TestTypesLayer.LOADER);
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
