package dev.statuswire.bench.function;

import dev.statuswire.bench.process.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The functions of all zips, with what they call: tables, an issuer, {@code @connections}. */
public final class DeployedFunctions implements AutoCloseable {

    private final Place place;
    private final FunctionTables tables;
    private final Issuer issuer = new Issuer();
    private final Pushes pushes = new Pushes();
    private final Map<Unpacked, FunctionCode> codes = new HashMap<>();
    private final List<FunctionStarts> ours;

    private record Unpacked(Zip zip, boolean withTypes) {}

    private DeployedFunctions(Place place, FunctionTables tables) {
        this.place = place;
        this.tables = tables;
        this.ours =
                new Deployables(tables, issuer, pushes).all().stream().map(this::starts).toList();
    }

    /** Those of the build, with tables of their own in this database. */
    public static DeployedFunctions beside(URI dynamoDb, Place place) {
        return new DeployedFunctions(place, FunctionTables.make(dynamoDb));
    }

    /** One that does nothing but look for an item, with the same client. */
    public FunctionStarts nothing() {
        return starts(Deployables.nothing());
    }

    /** Ours; the two that every submission has to wait for stand first. */
    public List<FunctionStarts> ours() {
        return ours;
    }

    private FunctionStarts starts(Deployable function) {
        FunctionCode code =
                codes.computeIfAbsent(
                        new Unpacked(function.zip(), function.withTypes()), this::unpack);
        return new FunctionStarts(
                function, code, tables.settings(), place.newFolder(function.name()));
    }

    private FunctionCode unpack(Unpacked what) {
        return FunctionCode.unpack(
                what.zip().in(place.root()),
                what.withTypes() ? List.of(Zip.TYPES_LAYER.in(place.root())) : List.of(),
                what.withTypes() ? ownTypes() : List.of(),
                place.newFolder("code"));
    }

    /** The bench's own type, as a team would bring its own. */
    private List<Path> ownTypes() {
        try (Stream<Path> jars = Files.list(place.types())) {
            return jars.toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        pushes.close();
        issuer.close();
        tables.close();
    }
}
