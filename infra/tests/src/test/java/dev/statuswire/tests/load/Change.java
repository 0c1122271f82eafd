package dev.statuswire.tests.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The part of a document that a page keeps. */
record Change(String id, long version, Instant at) {

    static Change of(JsonNode document) {
        return new Change(
                document.get("id").asText(),
                document.get("version").asLong(),
                Instant.parse(document.get("updatedAt").asText()));
    }

    /**
     * Parses frames. A thousand pages receive the same frames, so the results for the last few are
     * cached.
     */
    static final class Reader {

        private static final int MAX_CACHED = 64;

        private final Map<String, Optional<Change>> cached =
                new LinkedHashMap<>() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(
                            Map.Entry<String, Optional<Change>> eldest) {
                        return size() > MAX_CACHED;
                    }
                };

        /** Returns the change that a frame contains; empty if the frame is not a status. */
        Optional<Change> read(String frame) {
            return cached.computeIfAbsent(frame, Reader::parsed);
        }

        private static Optional<Change> parsed(String frame) {
            return Json.parse(frame)
                    .filter(json -> json.path("type").asText().equals("status"))
                    .map(json -> of(json.get("request")));
        }
    }
}
