package dev.statuswire.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.json.NotJsonException;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Reads JSON bodies: strictly, and never more than it has to. */
public final class JsonBody {

    /** The most that is read and thrown away so that a client gets to see why it was refused. */
    private static final int MAX_DRAINED = 1024 * 1024;

    private JsonBody() {}

    /**
     * Reads the body of {@code call}.
     *
     * @param limit how many bytes it may have
     * @param maxTokens how many values, keys and brackets it may have
     * @throws ProblemException if it is of another media type, too large, or not JSON (RFC 8259) of
     *     Unicode text
     */
    public static JsonNode read(Context call, int limit, int maxTokens) {
        if (!isJson(RequestHeaders.of(call, "Content-Type"))
                || isEncoded(RequestHeaders.of(call, "Content-Encoding"))) {
            throw new ProblemException(
                    ProblemKind.UNSUPPORTED_MEDIA_TYPE
                            .with(
                                    "Send it as Content-Type: application/json, in UTF-8 and not"
                                            + " compressed.")
                            .withHeader("Accept-Encoding", "identity"));
        }
        String text = decode(bytes(call, limit));
        try {
            return Json.read(text, maxTokens);
        } catch (NotJsonException notJson) {
            if (notJson.reason() == NotJsonException.Reason.SIZE) {
                throw tooLarge(notJson.reason().sentence());
            }
            throw ProblemKind.NOT_JSON.because(notJson.reason().sentence());
        }
    }

    /** Several headers contradict each other, or do for a program that reads another one. */
    private static boolean isJson(List<String> fields) {
        return fields.size() == 1
                && MediaType.of(fields.getFirst())
                        .filter(type -> type.name().equals("application/json") && type.isUtf8())
                        .isPresent();
    }

    private static boolean isEncoded(List<String> fields) {
        return fields.stream()
                .flatMap(field -> Stream.of(field.split(",", -1)))
                .map(String::strip)
                .anyMatch(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase("identity"));
    }

    private static byte[] bytes(Context call, int limit) {
        try (InputStream body = call.bodyInputStream()) {
            byte[] bytes = body.readNBytes(limit + 1);
            if (bytes.length > limit) {
                body.skip(MAX_DRAINED);
                throw tooLarge("A body may have " + limit + " bytes.");
            }
            return bytes;
        } catch (IOException broken) {
            throw ProblemKind.MALFORMED_REQUEST.because("The body did not arrive whole.");
        }
    }

    /** A problem for what is too large. */
    public static ProblemException tooLarge(String detail) {
        return ProblemKind.TOO_LARGE.because(detail);
    }

    private static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notUtf8) {
            throw ProblemKind.NOT_JSON.because("It is not UTF-8.");
        }
    }
}
