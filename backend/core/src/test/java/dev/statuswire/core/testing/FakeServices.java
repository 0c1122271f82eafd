package dev.statuswire.core.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.statuswire.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Fake AWS services that are called over HTTP, in the formats of AWS: XML (AWS query), JSON 1.1,
 * and Lambda's REST-JSON. Every action is denied unless a test provides a response. Thread-safe.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/index.html">AWS protocols</a>
 */
public final class FakeServices implements AutoCloseable {

    /** The identity of the caller. */
    public static final String CALLER = "arn:aws:iam::123456789012:user/ada";

    private static final String LAMBDA_SETTINGS = "/2016-08-19/account-settings";

    /** {@code Credential=KEY/20261129/eu-west-1/sts/aws4_request}. */
    private static final Pattern SCOPE =
            Pattern.compile("Credential=[^/]+/\\d+/([^/]+)/[^/]+/aws4_request");

    private enum Protocol {
        QUERY,
        JSON,
        REST
    }

    /**
     * A call to a service.
     *
     * @param region the region that the call is signed for; {@code unsigned} if it is not signed
     * @param form the parameters of the query protocol; empty for other protocols
     * @param body the body of the JSON protocols; missing for the query protocol
     */
    public record Call(String region, String action, Map<String, String> form, JsonNode body) {

        /** Returns a parameter of either protocol; empty if it is missing. */
        public String parameter(String name) {
            return form.getOrDefault(name, body.path(name).asText());
        }
    }

    /** A response of a service. */
    public record Reply(int status, String contentType, String body, Map<String, String> headers) {

        /** Returns a response of JSON 1.1 or REST-JSON. */
        public static Reply json(int status, String body) {
            return new Reply(status, "application/x-amz-json-1.1", body, Map.of());
        }

        /** Returns a successful response of the query protocol. */
        public static Reply xml(String action, String result) {
            return new Reply(
                    200,
                    "text/xml",
                    "<%1$sResponse><%1$sResult>%2$s</%1$sResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></%1$sResponse>"
                            .formatted(action, result),
                    Map.of());
        }

        /** Returns an error response of the query protocol. */
        public static Reply xmlError(int status, String code, String message) {
            return new Reply(
                    status,
                    "text/xml",
                    "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>1</RequestId></ErrorResponse>"
                            .formatted(code, message),
                    Map.of());
        }

        /**
         * Returns a response to {@code DescribeStacks} with one stack.
         *
         * @param more further XML of the stack
         */
        public static Reply stack(String name, String status, String more) {
            return xml(
                    "DescribeStacks",
                    """
                    <Stacks><member><StackName>%1$s</StackName><StackStatus>%2$s</StackStatus>\
                    <StackId>arn:aws:cloudformation:eu-west-1:123456789012:stack/%1$s/1</StackId>\
                    <CreationTime>2026-11-29T10:00:00.000Z</CreationTime>%3$s</member></Stacks>\
                    """
                            .formatted(name, status, more));
        }
    }

    private final HttpServer server;
    private final Map<String, Function<Call, Reply>> actions = new ConcurrentHashMap<>();
    private final Set<String> denied = ConcurrentHashMap.newKeySet();
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    /** Starts the services on a loopback port. */
    public FakeServices() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** Returns the URL of all services. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Allows an action. */
    public FakeServices on(String action, Function<Call, Reply> reply) {
        actions.put(action, reply);
        return this;
    }

    /** Denies an action from now on. */
    public void deny(String action) {
        denied.add(action);
    }

    /** Returns the calls so far. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Protocol protocol = protocol(exchange);
            Map<String, String> form = protocol == Protocol.QUERY ? form(body) : Map.of();
            JsonNode json =
                    protocol == Protocol.QUERY
                            ? MissingNode.getInstance()
                            : Json.parse(body).orElse(MissingNode.getInstance());
            var call = new Call(region(exchange), action(exchange, protocol, form), form, json);
            calls.add(call);
            Function<Call, Reply> known = actions.get(call.action());
            Reply reply =
                    known == null || denied.contains(call.action())
                            ? denial(protocol, call.action())
                            : known.apply(call);
            exchange.getResponseHeaders().set("Content-Type", reply.contentType());
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Protocol protocol(HttpExchange exchange) {
        if (target(exchange).isPresent()) {
            return Protocol.JSON;
        }
        return path(exchange).startsWith(LAMBDA_SETTINGS) ? Protocol.REST : Protocol.QUERY;
    }

    private static String action(
            HttpExchange exchange, Protocol protocol, Map<String, String> form) {
        return switch (protocol) {
            case REST -> "GetAccountSettings";
            case JSON -> target(exchange).orElseThrow().replaceFirst(".*\\.", "");
            case QUERY ->
                    form.getOrDefault("Action", exchange.getRequestMethod() + " " + path(exchange));
        };
    }

    private static String path(HttpExchange exchange) {
        return exchange.getRequestURI().getPath();
    }

    private static Optional<String> target(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
    }

    private static String region(HttpExchange exchange) {
        Matcher scope =
                SCOPE.matcher(
                        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                                .orElse(""));
        return scope.find() ? scope.group(1) : "unsigned";
    }

    private static Map<String, String> form(String body) {
        return Arrays.stream(body.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(
                        Collectors.toMap(
                                pair -> pair[0],
                                pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                                (first, second) -> second));
    }

    private static Reply denial(Protocol protocol, String action) {
        if (action.equals("GetCallerIdentity")) {
            return Reply.xmlError(
                    403,
                    "InvalidClientTokenId",
                    "The security token included in the request is invalid.");
        }
        String message = "User: " + CALLER + " is not authorized to perform: " + action;
        return switch (protocol) {
            case JSON ->
                    Reply.json(
                            400,
                            "{\"__type\":\"AccessDeniedException\",\"Message\":\"%s\"}"
                                    .formatted(message));
            case REST ->
                    new Reply(
                            403,
                            "application/json",
                            "{\"Message\":\"" + message + "\"}",
                            Map.of("x-amzn-ErrorType", "AccessDeniedException"));
            case QUERY -> Reply.xmlError(403, "AccessDenied", message);
        };
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
