package dev.statuswire.api.http;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;

/** The headers that a client sent. */
public final class RequestHeaders {

    private RequestHeaders() {}

    /** Returns the value of each header {@code name} of {@code call}, in their order. */
    public static List<String> of(Context call, String name) {
        return Collections.list(call.req().getHeaders(name));
    }
}
