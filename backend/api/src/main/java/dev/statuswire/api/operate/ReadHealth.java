package dev.statuswire.api.operate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.api.http.ResponseWriter;
import dev.statuswire.core.json.Json;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /health}: returns 200 if every component is up, otherwise 503. All components are
 * checked concurrently, and a component whose check takes too long is down. Unreadable stored items
 * and request types that could not be loaded are reported, but do not change the status, because
 * all other requests are served.
 */
public final class ReadHealth {

    private static final Logger LOG = LoggerFactory.getLogger(ReadHealth.class);

    private final Map<String, HealthCheck> checks;
    private final IntSupplier unreadableItems;
    private final Supplier<List<TypeLoadError>> typeErrors;
    private final Duration limit;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param checks the health checks, by component name
     * @param unreadableItems how many stored items this process could not read as requests
     * @param typeErrors the request types that could not be loaded
     * @param limit how long a check may take
     */
    public ReadHealth(
            Map<String, HealthCheck> checks,
            IntSupplier unreadableItems,
            Supplier<List<TypeLoadError>> typeErrors,
            Duration limit) {
        this.checks = new TreeMap<>(checks);
        this.unreadableItems = unreadableItems;
        this.typeErrors = typeErrors;
        this.limit = limit;
    }

    /** Handles the call. */
    public void handle(Context call) throws InterruptedException {
        ObjectNode statuses = Json.MAPPER.createObjectNode();
        List<Callable<Boolean>> calls = checks.values().stream().map(ReadHealth::toCall).toList();
        var results = threads.invokeAll(calls, limit.toMillis(), TimeUnit.MILLISECONDS).iterator();
        boolean allUp = true;
        for (String name : checks.keySet()) {
            boolean up = isUp(name, results.next());
            allUp &= up;
            statuses.put(name, text(up));
        }
        ObjectNode document = Json.MAPPER.createObjectNode().put("status", text(allUp));
        document.set("components", statuses);
        document.put("unreadableItems", unreadableItems.getAsInt());
        var errors = document.putArray("typeErrors");
        typeErrors
                .get()
                .forEach(
                        it ->
                                errors.addObject()
                                        .put("source", it.source())
                                        .put("reason", it.reason()));
        ResponseWriter.json(call, allUp ? 200 : 503, document);
    }

    private static Callable<Boolean> toCall(HealthCheck check) {
        return check::isUp;
    }

    private static boolean isUp(String name, Future<Boolean> result) throws InterruptedException {
        if (result.isCancelled()) {
            LOG.warn("the health check of {} timed out; reporting it as down", name);
            return false;
        }
        try {
            return result.get();
        } catch (ExecutionException failed) {
            LOG.warn(
                    "the health check of {} failed; reporting it as down: {}",
                    name,
                    String.valueOf(failed.getCause()));
            return false;
        }
    }

    private static String text(boolean up) {
        return up ? "up" : "down";
    }
}
