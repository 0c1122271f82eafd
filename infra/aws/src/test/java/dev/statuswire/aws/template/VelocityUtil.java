package dev.statuswire.aws.template;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.minidev.json.parser.ParseException;
import org.apache.commons.lang.StringEscapeUtils;
import org.jspecify.annotations.Nullable;

/**
 * Emulates {@code $util} of a mapping template. Public because Velocity can only call public
 * classes.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#util-template-reference">$util
 *     variables</a>
 */
public final class VelocityUtil {

    /** Escapes a text as in JavaScript strings, so a single quote becomes {@code \'}. */
    public @Nullable String escapeJavaScript(@Nullable String text) {
        return StringEscapeUtils.escapeJavaScript(text);
    }

    /** Parses a JSON text. */
    public @Nullable Object parseJson(String json) throws ParseException {
        return VelocityInput.parsed(json);
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
