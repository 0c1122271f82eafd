package dev.statuswire.aws.door.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * {@code $util} of a mapping template. Public, since Velocity calls nothing else.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#util-template-reference">$util
 *     variables</a>
 */
public final class Util {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** By the rules of JavaScript strings, so that a single quote becomes {@code \'}. */
    public @Nullable String escapeJavaScript(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append(escaped((char) c)));
        return escaped.toString();
    }

    private static String escaped(char c) {
        return switch (c) {
            case '\b' -> "\\b";
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\f' -> "\\f";
            case '\r' -> "\\r";
            case '\'', '"', '\\', '/' -> "\\" + c;
            default -> c < 0x20 || c > 0x7f ? "\\u%04X".formatted((int) c) : String.valueOf(c);
        };
    }

    /** The object that a text of JSON stands for. */
    public Object parseJson(String json) throws JsonProcessingException {
        return MAPPER.readValue(json, Object.class);
    }

    public String urlEncode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    public String urlDecode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    public String base64Encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    public String base64Decode(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
