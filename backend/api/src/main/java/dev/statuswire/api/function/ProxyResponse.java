package dev.statuswire.api.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.statuswire.api.http.Problem;
import dev.statuswire.core.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpTester;

/**
 * Converts responses to the form that API Gateway expects. Text is passed unchanged, any other body
 * as Base64. A response over Lambda's size limit is replaced with a problem document, because the
 * gateway would turn it into a 502.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda
 *     quotas: invocation payload, 6 MB</a>
 */
final class ProxyResponse {

    /** Lambda's limit, minus a reserve for the headers. */
    private static final int MAX_BYTES = 6 * 1024 * 1024 - 64 * 1024;

    /** A body below this size fits even if each of its characters has to be escaped. */
    private static final int SURELY_FITS = MAX_BYTES / 6;

    /**
     * Headers that the gateway sets itself, or that apply only between the server and this
     * function.
     */
    private static final Set<String> NOT_FORWARDED =
            Set.of("connection", "content-length", "date", "keep-alive", "transfer-encoding");

    private ProxyResponse() {}

    static APIGatewayProxyResponseEvent of(
            HttpTester.Response response, APIGatewayProxyRequestEvent event) {
        byte[] content = Objects.requireNonNullElse(response.getContentBytes(), new byte[0]);
        var result = new APIGatewayProxyResponseEvent();
        result.setStatusCode(response.getStatus());
        result.setMultiValueHeaders(headers(response));
        setBody(content, response.contains("Content-Encoding"), result);
        return fits(content, result.getBody()) ? result : tooLarge(event);
    }

    private static Map<String, List<String>> headers(HttpTester.Response response) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (HttpField field : response) {
            if (!NOT_FORWARDED.contains(field.getName().toLowerCase(Locale.ROOT))) {
                headers.put(field.getName(), response.getValuesList(field.getName()));
            }
        }
        return headers;
    }

    private static void setBody(
            byte[] content, boolean isEncoded, APIGatewayProxyResponseEvent result) {
        try {
            if (isEncoded) {
                throw new CharacterCodingException();
            }
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            result.setBody(text.toString());
            result.setIsBase64Encoded(false);
        } catch (CharacterCodingException notText) {
            result.setBody(Base64.getEncoder().encodeToString(content));
            result.setIsBase64Encoded(true);
        }
    }

    private static boolean fits(byte[] content, String body) {
        return content.length < SURELY_FITS
                || Json.write(Json.MAPPER.getNodeFactory().textNode(body))
                                .getBytes(StandardCharsets.UTF_8)
                                .length
                        < MAX_BYTES;
    }

    private static APIGatewayProxyResponseEvent tooLarge(APIGatewayProxyRequestEvent event) {
        return problem(
                500,
                "Internal Server Error",
                "The response is too large. Request less, for example with a smaller limit.",
                Map.of(),
                event);
    }

    /** Returns the response for a call that the server could not handle, or not in time. */
    static APIGatewayProxyResponseEvent unavailable(APIGatewayProxyRequestEvent event) {
        return problem(
                503,
                "Service Unavailable",
                "You can safely retry with the same id or idempotency key.",
                Map.of("Retry-After", "1"),
                event);
    }

    private static APIGatewayProxyResponseEvent problem(
            int status,
            String title,
            String detail,
            Map<String, String> headers,
            APIGatewayProxyRequestEvent event) {
        var problem = new Problem(status, "about:blank", title, detail, List.of(), headers);
        Map<String, String> all = new TreeMap<>(headers);
        all.put("Content-Type", Problem.MEDIA_TYPE);
        all.put("Cache-Control", "no-store");
        all.put("X-Content-Type-Options", "nosniff");
        all.put("Vary", "Origin");
        Map<String, List<String>> lists = new LinkedHashMap<>();
        all.forEach((name, value) -> lists.put(name, List.of(value)));
        var result = new APIGatewayProxyResponseEvent();
        result.setStatusCode(status);
        result.setMultiValueHeaders(lists);
        result.setBody(Json.write(problem.document(event.getPath())));
        result.setIsBase64Encoded(false);
        return result;
    }
}
