package dev.statuswire.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import java.nio.charset.StandardCharsets;

/**
 * Ends a page before it is larger than a function may respond with: 6 MB, as a JSON string, in
 * which each quotation mark and backslash of the page takes one byte more. Whatever one item of the
 * database says is smaller than a page. Not thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda
 *     quotas: invocation payload</a>
 */
public final class ResponseSizeLimit {

    /** The most that the documents of a page may take. */
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    private int bytes;

    /** Returns whether the page has room for {@code document}, and takes the room. */
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
