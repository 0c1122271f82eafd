package dev.statuswire.aws.template;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A response to a call. The bytes are not copied; no code changes them. */
@SuppressWarnings("ArrayRecordComponent")
record Reply(int status, Map<String, List<String>> headers, byte[] body) {

    /** Returns a reply with a text and one value for each header. */
    static Reply of(int status, Map<String, String> headers, String body) {
        var lists = new LinkedHashMap<String, List<String>>();
        headers.forEach((name, value) -> lists.put(name, List.of(value)));
        return new Reply(status, lists, body.getBytes(StandardCharsets.UTF_8));
    }
}
