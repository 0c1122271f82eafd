package dev.statuswire.emulator.function;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A response of the Invoke API, in the form that the SDK reads. */
record InvokeResponse(int status, Map<String, String> headers, String body) {

    private static final String REQUEST_ID = "x-amzn-RequestId";
    private static final int OK = 200;
    private static final int FIRST_SERVER_ERROR = 500;

    static InvokeResponse of(RegisteredFunction.Result result, String requestId) {
        InvokeResponse reply =
                new InvokeResponse(OK, Map.of(REQUEST_ID, requestId), result.payload())
                        .with("X-Amz-Executed-Version", LocalContext.VERSION);
        return result.failed() ? reply.with("X-Amz-Function-Error", "Unhandled") : reply;
    }

    static InvokeResponse empty(int status, String requestId) {
        return new InvokeResponse(status, Map.of(REQUEST_ID, requestId), "");
    }

    /** Returns a copy with one more header. */
    InvokeResponse with(String name, String value) {
        var more = new HashMap<>(headers);
        more.put(name, value);
        return new InvokeResponse(status, Map.copyOf(more), body);
    }

    /** Returns an error. The SDK chooses the exception by the header {@code x-amzn-ErrorType}. */
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
