package dev.statuswire.tests.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.statuswire.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Generates calls of the API from its contract, most of them slightly wrong. */
final class CallGenerator {

    private static final int BODY = 12;
    private static final int VALUE = 9;

    private static final List<String> METHODS =
            List.of("HEAD", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "X", "PUT\t");

    private static final List<String> HEADERS =
            List.of(
                    "Content-Type: text/plain",
                    "Content-Type: application/json; charset=utf-16",
                    "Content-Type: " + "a".repeat(9000),
                    "Content-Encoding: gzip",
                    "Content-Length: -1",
                    "Content-Length: 3",
                    "Content-Length: 99999999999999999999",
                    "Content-Length: 5, 6",
                    "Transfer-Encoding: chunked",
                    "Transfer-Encoding: gzip, chunked",
                    "Transfer-Encoding: identity",
                    "Expect: 100-continue",
                    "Expect: a-miracle",
                    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13",
                    "Upgrade: h2c\r\nHTTP2-Settings: AAA",
                    "Host: evil.example",
                    "Host: 127.0.0.1:99999",
                    "Host: [::1",
                    "Origin: https://evil.example",
                    "Origin: null",
                    "Accept: nothing/*;q=x",
                    "Accept-Encoding: gzip, br;q=-1",
                    "Range: bytes=0-0,1-,-5",
                    "If-Modified-Since: yesterday",
                    "If-None-Match: *",
                    "Cookie: a=\u0001; b",
                    "X-Forwarded-For: \u00e9\u00e9",
                    "X-Null: a\0b",
                    "No colon here",
                    " folded: continuation",
                    ": no name",
                    "X-Long: " + "y".repeat(7000),
                    "X-Many: 1\r\n".repeat(300) + "X-Last: 1");

    /** A call that the contract declares. */
    private record Operation(String method, String path, List<JsonNode> parameters, boolean body) {}

    private final List<Operation> operations = new ArrayList<>();
    private final List<JsonNode> types;

    /**
     * Creates a generator.
     *
     * @param types the response to {@code GET /types}
     */
    CallGenerator(JsonNode types) throws IOException {
        this.types = new ArrayList<>();
        types.forEach(this.types::add);
        try (InputStream contract = CallGenerator.class.getResourceAsStream("/openapi.yaml")) {
            read(new YAMLMapper().readTree(contract));
        }
    }

    private void read(JsonNode contract) {
        for (Map.Entry<String, JsonNode> path : contract.get("paths").properties()) {
            for (String method : List.of("get", "put", "post", "delete")) {
                JsonNode operation = path.getValue().get(method);
                if (operation != null) {
                    var parameters = new ArrayList<JsonNode>();
                    path.getValue().path("parameters").forEach(parameters::add);
                    operation.path("parameters").forEach(parameters::add);
                    operations.add(
                            new Operation(
                                    method.toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    parameters.stream().map(it -> resolved(it, contract)).toList(),
                                    operation.has("requestBody")));
                }
            }
        }
    }

    private static JsonNode resolved(JsonNode parameter, JsonNode contract) {
        JsonNode reference = parameter.get("$ref");
        return reference == null ? parameter : contract.at(reference.asText().substring(1));
    }

    /** Returns a random call to the server at {@code port}. */
    byte[] next(int port, Random random) {
        Operation operation = InputMutator.any(operations, random);
        byte[] body = operation.body() ? body(random) : new byte[0];
        var head = new ArrayList<String>();
        head.add(method(operation, random) + " " + target(operation, random) + version(random));
        if (!InputMutator.oneIn(30, random)) {
            head.add("Host: 127.0.0.1:" + port);
        }
        headers(operation, random).forEach(head::add);
        boolean chunked = operation.body() && InputMutator.oneIn(8, random);
        if (chunked) {
            head.add("Transfer-Encoding: chunked");
        } else if (operation.body()) {
            head.add("Content-Length: " + body.length);
        }
        if (operation.body()) {
            head.add(
                    "Content-Type: "
                            + (InputMutator.oneIn(20, random) ? "text/plain" : "application/json"));
        }
        while (InputMutator.oneIn(3, random)) {
            head.add(InputMutator.any(HEADERS, random));
        }
        byte[] whole =
                concat(
                        (String.join("\r\n", head) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8),
                        chunked ? chunks(body, random) : body);
        return InputMutator.oneIn(12, random) ? InputMutator.bytes(whole, random) : whole;
    }

    private static String method(Operation operation, Random random) {
        return InputMutator.oneIn(25, random)
                ? InputMutator.any(METHODS, random)
                : operation.method();
    }

    private static String version(Random random) {
        return InputMutator.oneIn(40, random)
                ? InputMutator.any(
                        List.of(" HTTP/1.0", " HTTP/9.9", " http/1.1", "", " HTTP/2"), random)
                : " HTTP/1.1";
    }

    private static String target(Operation operation, Random random) {
        String path = operation.path();
        var query = new ArrayList<String>();
        for (JsonNode parameter : operation.parameters()) {
            String name = parameter.get("name").asText();
            switch (parameter.get("in").asText()) {
                case "path" -> path = path.replace("{" + name + "}", value(name, random));
                case "query" -> {
                    while (InputMutator.oneIn(3, random)) {
                        query.add(InputMutator.text(name, 15, random) + "=" + value(name, random));
                    }
                }
                default -> {} // a header
            }
        }
        if (InputMutator.oneIn(30, random)) {
            path += "/" + InputMutator.text(random);
        }
        if (InputMutator.oneIn(30, random)) {
            path =
                    InputMutator.any(
                                    List.of("/client/", "/assets/", "//", "/.", "http://x/"),
                                    random)
                            + path;
        }
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    private static List<String> headers(Operation operation, Random random) {
        var headers = new ArrayList<String>();
        for (JsonNode parameter : operation.parameters()) {
            if (parameter.get("in").asText().equals("header") && random.nextBoolean()) {
                String name = parameter.get("name").asText();
                headers.add(name + ": " + value(name, random));
            }
        }
        return headers;
    }

    private static String value(String name, Random random) {
        String valid =
                switch (name) {
                    case "id" -> "order-%04d".formatted(random.nextInt(20));
                    case "username" -> "demo";
                    case "kind" -> "not-found";
                    case "secret" -> "0mBkUvN6_5yYCcf0zWgVJA";
                    case "linkId" -> "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg";
                    case "limit" -> Integer.toString(1 + random.nextInt(100));
                    case "cursor" -> "MTpvcmRlci0wMDEw";
                    case "status" -> "ACCEPTED,FAILED";
                    case "type" -> "place-order";
                    case "tag" -> "trip-42";
                    case "Idempotency-Key" -> "\"key-" + random.nextInt(20) + "\"";
                    case "If-None-Match" -> "\"" + random.nextInt(5) + "\"";
                    case "Prefer" -> "wait=0";
                    default -> throw new AssertionError("unknown parameter: " + name);
                };
        return InputMutator.text(valid, VALUE, random);
    }

    private byte[] body(Random random) {
        JsonNode type = InputMutator.any(types, random);
        var submission = Json.MAPPER.createObjectNode();
        submission.set("type", type.get("name"));
        submission.set("input", type.get("example"));
        if (InputMutator.oneIn(10, random)) {
            submission.put("input", "x".repeat(140_000));
        }
        return InputMutator.json(submission, BODY, random).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] chunks(byte[] body, Random random) {
        int size = InputMutator.oneIn(4, random) ? random.nextInt(200_000) : body.length;
        String head =
                Integer.toHexString(size) + (InputMutator.oneIn(6, random) ? ";a=b" : "") + "\r\n";
        return concat(
                head.getBytes(StandardCharsets.US_ASCII),
                concat(body, "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    }

    static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
