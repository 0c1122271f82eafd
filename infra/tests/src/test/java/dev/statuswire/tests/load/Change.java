package dev.statuswire.tests.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a page keeps of a document. */
record Change(String id, long version, Instant at) {

    static Change of(JsonNode document) {
        return new Change(
                document.get("id").asText(),
                document.get("version").asLong(),
                Instant.parse(document.get("updatedAt").asText()));
    }

    /** Reads frames. A thousand pages get the same ones, so it knows the last few. */
    static final class Reader {

        private static final int KNOWN = 64;

        private final Map<String, Optional<Change>> known =
                new LinkedHashMap<>() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(
                            Map.Entry<String, Optional<Change>> eldest) {
                        return size() > KNOWN;
                    }
                };

        /** The change that a frame tells of; empty for other frames. */
        Optional<Change> read(byte[] frame) {
            return known.computeIfAbsent(new String(frame, StandardCharsets.UTF_8), Reader::parsed);
        }

        private static Optional<Change> parsed(String frame) {
            return Json.parse(frame)
                    .filter(json -> json.path("type").asText().equals("status"))
                    .map(json -> of(json.get("request")));
        }
    }
}
