package dev.statuswire.core.stream;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.transition.Item;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A removed request, as far as its last image can be read.
 *
 * @param life null if the request had none
 * @param version the last version; 0 if it cannot be read
 * @param createdAt null if it is absent or cannot be read
 * @param shared whether the request has, or has had, a link
 */
public record RemovedRequest(
        @Nullable String life, long version, @Nullable Instant createdAt, boolean shared) {

    static RemovedRequest of(Map<String, AttributeValue> last) {
        return new RemovedRequest(
                Optional.ofNullable(last.get(Item.LIFE)).map(AttributeValue::s).orElse(null),
                version(last.get(Item.VERSION)),
                time(last.get(Item.CREATED_AT)),
                last.get(Item.SHARED) != null && Boolean.TRUE.equals(last.get(Item.SHARED).bool()));
    }

    static RemovedRequest of(Request last) {
        return new RemovedRequest(last.life(), last.version(), last.createdAt(), last.shared());
    }

    private static long version(@Nullable AttributeValue version) {
        try {
            return version == null || version.n() == null ? 0 : Long.parseLong(version.n());
        } catch (NumberFormatException notWhole) {
            return 0;
        }
    }

    private static @Nullable Instant time(@Nullable AttributeValue time) {
        try {
            return time == null || time.s() == null ? null : Instant.parse(time.s());
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }
}
