package dev.statuswire.bench.process;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The local runtime as a user starts it: {@code ./run}, its tables on disk, its ports free ones.
 */
public final class Statuswire implements AutoCloseable {

    private static final Pattern PAGE = Pattern.compile("^ *page +(http\\S+)");
    private static final Pattern DYNAMO_DB = Pattern.compile("^ *DynamoDB +(http\\S+)");

    private final Running process;
    private final URI page;
    private final URI dynamoDb;

    private Statuswire(Running process) throws InterruptedException {
        this.process = process;
        this.page = URI.create(process.await(PAGE));
        this.dynamoDb = URI.create(process.await(DYNAMO_DB));
    }

    /** Starts it with a new data folder and these further options. Blocks until it is ready. */
    public static Statuswire start(Place place, String... options) throws InterruptedException {
        return start(place, place.newFolder("data"), options);
    }

    /**
     * Starts it.
     *
     * @param data its data folder
     */
    public static Statuswire start(Place place, Path data, String... options)
            throws InterruptedException {
        Running process =
                Running.start(
                        command(place, 0, data, options),
                        environment(place),
                        place.newLog("statuswire"));
        try {
            return new Statuswire(process);
        } catch (IllegalStateException | InterruptedException failed) {
            process.close();
            throw failed;
        }
    }

    /** Starts it; it may not answer yet. */
    public static Launched launch(Place place, Path data) {
        return Launched.of(
                port -> command(place, port, data), environment(place), place.newLog("statuswire"));
    }

    private static List<String> command(Place place, int port, Path data, String... options) {
        var command = new ArrayList<String>();
        command.add(place.root().resolve("run").toString());
        command.addAll(List.of("--port", Integer.toString(port), "--dynamodb-port", "0"));
        command.addAll(List.of("--data", data.toString()));
        command.addAll(List.of(options));
        return command;
    }

    private static Map<String, String> environment(Place place) {
        return Map.of(
                "STATUSWIRE_TYPES", place.types().toString(),
                "STATUSWIRE_MAX_CONNECTIONS", "2000",
                "STATUSWIRE_LOG_LEVEL", "WARN");
    }

    /** Where the page is. */
    public URI page() {
        return page;
    }

    /** Where its database is. */
    public URI dynamoDb() {
        return dynamoDb;
    }

    /** What its objects take, after a collection of the others. */
    public long liveHeapBytes() throws InterruptedException {
        return LiveHeap.of(process.pid());
    }

    @Override
    public void close() {
        process.close();
    }
}
