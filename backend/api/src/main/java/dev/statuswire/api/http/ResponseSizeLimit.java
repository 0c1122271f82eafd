package dev.statuswire.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import java.nio.charset.StandardCharsets;

/**
 * Limits the size of a page to what a Lambda function can respond with: 6 MB, as a JSON string in
 * which each quotation mark and backslash takes one byte more. A single item of the database is
 * always smaller than that. Not thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda
 *     quotas: invocation payload</a>
 */
public final class ResponseSizeLimit {

    /** The maximum size of the documents of a page. */
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    private int bytes;

    /** Returns whether {@code document} fits into the page, and if so, adds its size. */
    public boolean take(JsonNode document) {
        int more = bytesOf(Json.write(document));
        boolean fits = bytes == 0 || bytes + more <= MAX_BYTES;
        bytes += fits ? more : 0;
        return fits;
    }

    private static int bytesOf(String json) {
        int size = 0;
        for (byte each : json.getBytes(StandardCharsets.UTF_8)) {
            size += each == '"' || each == '\\' ? 2 : 1;
        }
        return size;
    }
}
