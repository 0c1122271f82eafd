package dev.statuswire.bench.function;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Events as API Gateway and EventBridge send them; the examples stand beside this class. */
final class GatewayEvents {

    private GatewayEvents() {}

    private static ObjectNode example(String name) {
        try (InputStream file =
                Objects.requireNonNull(GatewayEvents.class.getResourceAsStream(name), name)) {
            return (ObjectNode) Json.MAPPER.readTree(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The submission of a request, with a bearer token. */
    static String submit(String id, String type, String input, String token) {
        ObjectNode event = example("rest-call.json");
        event.put("httpMethod", "PUT").put("path", "/requests/" + id);
        event.put("body", "{\"type\":\"%s\",\"input\":%s}".formatted(type, input));
        event.withArray("/multiValueHeaders/Authorization").add("Bearer " + token);
        return Json.write(event);
    }

    /** A page subscribes. */
    static String subscribe(String owner) {
        ObjectNode event = example("live-message.json");
        event.withObject("/requestContext/authorizer").put("owner", owner);
        return Json.write(event);
    }

    /** A page connects with a ticket. */
    static String connect(String ticket) {
        ObjectNode event = example("live-connect.json");
        event.withObject("/queryStringParameters").put("ticket", ticket);
        event.withArray("/multiValueQueryStringParameters/ticket").add(ticket);
        return Json.write(event);
    }

    /** The gateway asks who the bearer of a token is. */
    static String authorize(String token) {
        return Json.write(
                Json.MAPPER
                        .createObjectNode()
                        .put("type", "TOKEN")
                        .put("authorizationToken", "Bearer " + token)
                        .put(
                                "methodArn",
                                "arn:aws:execute-api:us-east-1:123456789012:abcdef123/prod/GET"
                                        + "/requests"));
    }

    /** The schedule of the sweeper. */
    static String minute() {
        return Json.write(example("schedule.json"));
    }
}
