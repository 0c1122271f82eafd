package dev.statuswire.api.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.http.Problem;
import dev.statuswire.api.http.ProblemException;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.api.http.RequestHeaders;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.json.NotJsonException;
import dev.statuswire.core.request.Request;
import dev.statuswire.schema.InputError;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the body of a call, which must be JSON. */
public final class JsonBody {

    /** One more than a problem lists, so that the problem can report that there are more. */
    static final int MAX_ERRORS = Problem.MAX_ERRORS + 1;

    /**
     * Each value, key and bracket of an input has at least one byte. The other 1024 are for the
     * rest of the body.
     */
    private static final int MAX_TOKENS = Request.MAX_INPUT_BYTES + 1024;

    /**
     * How much of a body that is too large is read and discarded, so that the client can read the
     * response.
     */
    private static final int MAX_DRAINED = 1024 * 1024;

    private JsonBody() {}

    /**
     * Parses the body of {@code call}.
     *
     * @throws ProblemException if it is not JSON in UTF-8, or too large
     */
    public static JsonNode parse(Context call) {
        if (!isJson(RequestHeaders.of(call, "Content-Type"))
                || isEncoded(RequestHeaders.of(call, "Content-Encoding"))) {
            throw new ProblemException(
                    ProblemKind.UNSUPPORTED_MEDIA_TYPE
                            .with(
                                    "Send the body as Content-Type: application/json, in UTF-8 and"
                                            + " not compressed.")
                            .withHeader("Accept-Encoding", "identity"));
        }
        String text = decode(bytes(call));
        try {
            return Json.read(text, MAX_TOKENS);
        } catch (NotJsonException notJson) {
            ProblemKind kind =
                    notJson.reason() == NotJsonException.Reason.SIZE
                            ? ProblemKind.TOO_LARGE
                            : ProblemKind.NOT_JSON;
            throw kind.because(notJson.reason().sentence());
        }
    }

    /**
     * Requires exactly one header, because programs that read different ones of several headers
     * would disagree about the media type.
     */
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

    private static byte[] bytes(Context call) {
        try (InputStream body = call.bodyInputStream()) {
            byte[] bytes = body.readNBytes(Request.MAX_BODY_BYTES + 1);
            if (bytes.length > Request.MAX_BODY_BYTES) {
                body.skip(MAX_DRAINED);
                throw ProblemKind.TOO_LARGE.because(
                        "A body has at most " + Request.MAX_BODY_BYTES + " bytes.");
            }
            return bytes;
        } catch (IOException broken) {
            throw ProblemKind.MALFORMED_REQUEST.because("The body is incomplete.");
        }
    }

    private static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notUtf8) {
            throw ProblemKind.NOT_JSON.because("The body is not UTF-8.");
        }
    }

    /**
     * Refuses a body that is not an object.
     *
     * @param members what the object must have, for the message
     * @throws ProblemException if the body is not an object
     */
    public static void requireObject(JsonNode body, String members) {
        if (!body.isObject()) {
            refuse(List.of(InputError.about("", "The body", "must be an object with " + members)));
        }
    }

    /**
     * Returns a value as it is stored.
     *
     * @param what the value, for the message, such as {@code An input}
     * @throws ProblemException if it has more than {@code maxBytes} bytes of UTF-8
     */
    static String text(JsonNode value, String what, int maxBytes) {
        String text = Json.write(value);
        if (text.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            throw ProblemKind.TOO_LARGE.because(
                    "%s has at most %d bytes, without white space and with escapes resolved."
                            .formatted(what, maxBytes));
        }
        return text;
    }

    /** Returns an error for each member of {@code body} that is not one of {@code members}. */
    public static List<InputError> unknownMembers(JsonNode body, Set<String> members) {
        return body.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !members.contains(name))
                .limit(MAX_ERRORS)
                .map(name -> error(name, "is not an allowed property"))
                .toList();
    }

    /** Returns an error in a member of the body. */
    public static InputError error(String member, String fault) {
        return InputError.about(InputError.pointer("", member), member, fault);
    }

    /**
     * Refuses the call if there are errors.
     *
     * @throws ProblemException with the errors
     */
    public static void refuse(List<InputError> errors) {
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.invalid(errors));
        }
    }
}
