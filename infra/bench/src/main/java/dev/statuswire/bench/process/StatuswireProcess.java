package dev.statuswire.bench.process;

import dev.statuswire.api.testing.ApiClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The local runtime, started as by {@code ./run}, with tables on disk and free ports. */
public final class StatuswireProcess implements AutoCloseable {

    private static final Pattern PAGE = Pattern.compile("page +(http\\S+)\\s");
    private static final Pattern DYNAMO_DB = Pattern.compile("DynamoDB +(http\\S+)\\s");

    private final RunningProcess process;
    private final ApiClient api;
    private final URI dynamoDb;

    private StatuswireProcess(RunningProcess process) {
        this.process = process;
        this.api = ApiClient.unchecked(URI.create(process.await(PAGE)).getPort());
        this.dynamoDb = URI.create(process.await(DYNAMO_DB));
    }

    /**
     * Starts the runtime with a new data folder and additional options. Blocks until it is ready.
     */
    public static StatuswireProcess start(Workspace workspace, String... options) {
        return start(workspace, workspace.newFolder("data"), options);
    }

    /** Starts the runtime with this data folder. Blocks until it is ready. */
    public static StatuswireProcess start(Workspace workspace, Path data, String... options) {
        RunningProcess process = launch(workspace, 0, data, options);
        try {
            return new StatuswireProcess(process);
        } catch (AssertionError failed) {
            process.close();
            throw failed;
        }
    }

    /** Starts the runtime without waiting until it is ready. */
    public static RunningProcess launch(
            Workspace workspace, int port, Path data, String... options) {
        var command = new ArrayList<String>();
        command.add(workspace.root().resolve("run").toString());
        command.addAll(List.of("--port", Integer.toString(port), "--dynamodb-port", "0"));
        command.addAll(List.of("--data", data.toString()));
        command.addAll(List.of(options));
        return RunningProcess.start(
                workspace,
                command,
                Map.of(
                        "STATUSWIRE_TYPES", workspace.types().toString(),
                        "STATUSWIRE_MAX_CONNECTIONS", "2000",
                        "STATUSWIRE_LOG_LEVEL", "WARN"));
    }

    /** Returns a client that checks no response, because checks would take measured time. */
    public ApiClient api() {
        return api;
    }

    /** Returns the URL of the runtime's DynamoDB Local. */
    public URI dynamoDb() {
        return dynamoDb;
    }

    /** Returns the bytes of all reachable objects. */
    public long liveHeapBytes() throws InterruptedException {
        return process.liveHeapBytes();
    }

    @Override
    public void close() {
        process.close();
    }
}
