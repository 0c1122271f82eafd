package dev.statuswire.emulator.function;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An answer of the Invoke API, in the shape that the SDK reads. */
record InvokeResponse(int status, Map<String, String> headers, String body) {

    private static final String REQUEST_ID = "x-amzn-RequestId";
    private static final int OK = 200;
    private static final int FIRST_SERVER_ERROR = 500;

    static InvokeResponse of(HostedFunction.Answer answer, String requestId) {
        InvokeResponse reply =
                new InvokeResponse(OK, Map.of(REQUEST_ID, requestId), answer.payload())
                        .with("X-Amz-Executed-Version", LocalContext.VERSION);
        return answer.failed() ? reply.with("X-Amz-Function-Error", "Unhandled") : reply;
    }

    static InvokeResponse empty(int status, String requestId) {
        return new InvokeResponse(status, Map.of(REQUEST_ID, requestId), "");
    }

    /** The same with one header more. */
    InvokeResponse with(String name, String value) {
        var more = new HashMap<>(headers);
        more.put(name, value);
        return new InvokeResponse(status, Map.copyOf(more), body);
    }

    /** The SDK tells exceptions apart by the header. */
    static InvokeResponse error(int status, String type, @Nullable String message) {
        String body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("Type", status < FIRST_SERVER_ERROR ? "User" : "Service")
                        .put("Message", message)
                        .toString();
        return new InvokeResponse(
                status,
                Map.of("x-amzn-ErrorType", type, REQUEST_ID, UUID.randomUUID().toString()),
                body);
    }
}
