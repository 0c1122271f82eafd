package dev.statuswire.aws.door.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What stands behind the gateway: DynamoDB, and the API for every other path. */
final class Backend {

    /** What belongs to one connection, or is made anew for the next one. */
    private static final Set<String> NOT_PASSED_ON =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "date");

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI dynamoDb;
    private final Supplier<URI> api;
    private final List<String> databaseCalls = new CopyOnWriteArrayList<>();

    Backend(URI dynamoDb, Supplier<URI> api) {
        this.dynamoDb = dynamoDb;
        this.api = api;
    }

    List<String> databaseCalls() {
        return List.copyOf(databaseCalls);
    }

    /** An action of DynamoDB's API, as raw JSON. */
    HttpResponse<String> dynamoDb(String action, String body)
            throws IOException, InterruptedException {
        databaseCalls.add(action);
        return HTTP.send(
                HttpRequest.newBuilder(dynamoDb)
                        .header("Content-Type", "application/x-amz-json-1.0")
                        .header("X-Amz-Target", "DynamoDB_20120810." + action)
                        .header(
                                "Authorization",
                                "AWS4-HMAC-SHA256 Credential=local/20261121/us-east-1/dynamodb/"
                                        + "aws4_request, SignedHeaders=host, Signature=0")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The same call, of the API. */
    Reply api(Call call) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(api.get() + call.path() + call.query()))
                        .method(call.method(), HttpRequest.BodyPublishers.ofString(call.body()));
        passedOn(call.headers().keySet())
                .forEach(name -> request.header(name, call.headers().get(name)));
        HttpResponse<String> answer =
                HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        Map<String, String> headers =
                passedOn(answer.headers().map().keySet()).stream()
                        .collect(
                                Collectors.toMap(
                                        name -> name,
                                        name -> answer.headers().firstValue(name).orElseThrow()));
        return new Reply(answer.statusCode(), headers, answer.body());
    }

    private static List<String> passedOn(Set<String> names) {
        var passedOn = new ArrayList<>(names);
        passedOn.removeIf(
                name ->
                        NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))
                                || name.startsWith(":"));
        return passedOn;
    }
}
