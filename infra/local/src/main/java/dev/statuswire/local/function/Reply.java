package dev.statuswire.local.function;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;

/** An answer of the Invoke API, in the shape that the SDK reads. */
record Reply(int status, Map<String, String> headers, String body) {

    private static final int OK = 200;
    private static final int FIRST_SERVER_ERROR = 500;

    static Reply of(HostedFunction.Answer answer) {
        Map<String, String> headers =
                answer.failed()
                        ? Map.of(
                                "X-Amz-Executed-Version",
                                "$LATEST",
                                "X-Amz-Function-Error",
                                "Unhandled")
                        : Map.of("X-Amz-Executed-Version", "$LATEST");
        return new Reply(OK, headers, answer.payload());
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of(), "");
    }

    /** The SDK tells exceptions apart by the header. */
    static Reply error(int status, String type, String message) {
        String body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("Type", status < FIRST_SERVER_ERROR ? "User" : "Service")
                        .put("Message", message)
                        .toString();
        return new Reply(status, Map.of("x-amzn-ErrorType", type), body);
    }
}
