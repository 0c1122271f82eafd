package dev.statuswire.aws.door.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.statuswire.aws.door.FrontDoor;
import dev.statuswire.aws.door.Integration;
import dev.statuswire.aws.door.IntegrationResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A REST API of which {@code PUT /requests/{id}} and {@code GET /status/{id}} are the front door's,
 * and every other call the API's. A stage that no path shows is deployed.
 */
public final class RestApi implements AutoCloseable {

    private static final DateTimeFormatter REQUEST_TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private final FrontDoor door;
    private final Engine engine;
    private final BodyValidator validator;
    private final Backend backend;
    private final Authorizer authorizer;
    private final InstantSource clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    RestApi(
            FrontDoor door,
            Engine engine,
            Backend backend,
            Authorizer authorizer,
            InstantSource clock) {
        this.door = door;
        this.engine = engine;
        this.validator = new BodyValidator(door.submissionModel());
        this.backend = backend;
        this.authorizer = authorizer;
        this.clock = clock;
        this.server = listen();
    }

    private HttpServer listen() {
        try {
            var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            HttpServer opened = HttpServer.create(here, 0);
            opened.createContext("/", this::handle);
            opened.setExecutor(threads);
            opened.start();
            return opened;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<String> databaseCalls() {
        return backend.databaseCalls();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Call call = Call.of(exchange);
        try {
            answer(call).send(exchange);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error broken) {
            new Reply(599, Map.of(), String.valueOf(broken)).send(exchange);
        }
    }

    private Reply answer(Call call) throws IOException, InterruptedException {
        if (call.is("PUT", "/requests/")) {
            return call.isJson() && !validator.accepts(call.body())
                    ? byItself("BAD_REQUEST_BODY", call)
                    : integrated(door.submit(), call);
        }
        return call.is("GET", "/status/") ? integrated(door.status(), call) : backend.api(call);
    }

    private Reply integrated(Integration integration, Call call) throws InterruptedException {
        if (!call.isJson()) {
            return byItself("UNSUPPORTED_MEDIA_TYPE", call);
        }
        Map<String, Object> context = context(call);
        try {
            String request = run(integration.requestTemplate(), call.body(), call, context);
            HttpResponse<String> answer = backend.dynamoDb(integration.action(), request);
            return mapped(select(integration, answer.statusCode()), answer.body(), call, context);
        } catch (IOException unreachable) {
            return byItself("INTEGRATION_FAILURE", call);
        }
    }

    private static IntegrationResponse select(Integration integration, int status) {
        return integration.responses().stream()
                .filter(response -> response.selectionPattern().isPresent())
                .filter(
                        response ->
                                String.valueOf(status)
                                        .matches(response.selectionPattern().orElseThrow()))
                .findFirst()
                .orElseGet(() -> byDefault(integration));
    }

    private static IntegrationResponse byDefault(Integration integration) {
        return integration.responses().stream()
                .filter(response -> response.selectionPattern().isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private Reply mapped(
            IntegrationResponse response, String body, Call call, Map<String, Object> context) {
        var overrides = new Overrides();
        context.put("responseOverride", overrides.variable());
        String answer = run(response.template(), body, call, context);
        return new Reply(
                overrides.statusOr(response.statusCode()),
                overrides.headersOver(response.headers()),
                answer);
    }

    private String run(String template, String body, Call call, Map<String, Object> context) {
        var variables = new HashMap<String, Object>();
        variables.put("input", new Input(body, call.parameters()));
        variables.put("util", new Util());
        variables.put("context", context);
        return engine.run(template, variables);
    }

    private Map<String, Object> context(Call call) {
        var context = new HashMap<String, Object>();
        Instant now = clock.instant();
        context.put("requestTime", REQUEST_TIME.format(now));
        context.put("requestTimeEpoch", now.toEpochMilli());
        context.put("extendedRequestId", ExtendedRequestId.next());
        context.put("path", call.path());
        context.put("authorizer", authorizer.of(call));
        return context;
    }

    /** No Velocity here: the one variable is put in as it is. */
    private Reply byItself(String type, Call call) {
        return door.gatewayResponses(false).stream()
                .filter(response -> response.type().equals(type))
                .map(
                        response ->
                                new Reply(
                                        response.statusCode(),
                                        response.headers(),
                                        response.template().replace("$context.path", call.path())))
                .findFirst()
                .orElseThrow();
    }
}
