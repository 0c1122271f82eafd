package dev.statuswire.api.http;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;

/** Reads the headers of a call. */
public final class RequestHeaders {

    private RequestHeaders() {}

    /** Returns the values of all headers {@code name} of {@code call}, in their order. */
    public static List<String> of(Context call, String name) {
        return Collections.list(call.req().getHeaders(name));
    }
}
