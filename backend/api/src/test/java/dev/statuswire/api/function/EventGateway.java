package dev.statuswire.api.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for API Gateway: passes HTTP requests to the function as events, and returns its
 * responses over HTTP.
 */
final class EventGateway implements AutoCloseable {

    private final ApiFunction function;
    private final HttpServer server;

    EventGateway(ApiFunction function) throws IOException {
        this.function = function;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(function.respond(event(exchange), Duration.ofSeconds(28)), exchange);
        }
    }

    private static APIGatewayProxyRequestEvent event(HttpExchange exchange) throws IOException {
        var event = new APIGatewayProxyRequestEvent();
        event.setHttpMethod(exchange.getRequestMethod());
        event.setPath(exchange.getRequestURI().getRawPath());
        event.setMultiValueHeaders(exchange.getRequestHeaders());
        event.setMultiValueQueryStringParameters(query(exchange.getRequestURI().getRawQuery()));
        byte[] body = exchange.getRequestBody().readAllBytes();
        event.setBody(body.length == 0 ? null : new String(body, StandardCharsets.UTF_8));
        event.setIsBase64Encoded(false);
        return event;
    }

    private static @Nullable Map<String, List<String>> query(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        Map<String, List<String>> decoded = new LinkedHashMap<>();
        for (String parameter : raw.split("&", -1)) {
            String[] parts = parameter.split("=", 2);
            decoded.computeIfAbsent(decode(parts[0]), name -> new ArrayList<>())
                    .add(parts.length == 2 ? decode(parts[1]) : "");
        }
        return decoded;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void answer(APIGatewayProxyResponseEvent answer, HttpExchange exchange)
            throws IOException {
        exchange.getResponseHeaders().putAll(answer.getMultiValueHeaders());
        byte[] body =
                answer.getIsBase64Encoded()
                        ? Base64.getDecoder().decode(answer.getBody())
                        : answer.getBody().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.getStatusCode(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        function.close();
    }
}
