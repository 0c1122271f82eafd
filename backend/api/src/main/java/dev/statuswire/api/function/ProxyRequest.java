package dev.statuswire.api.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import dev.statuswire.api.http.ShownPath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An event of API Gateway, converted to the HTTP/1.1 request that the client sent. The gateway has
 * decoded the query, so it is encoded again; the gateway leaves the path unchanged. If the event
 * has a header or a parameter both as a single value and as a list, the list is used, because the
 * single value is only the last of them.
 */
final class ProxyRequest {

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x08\\x0A-\\x1F\\x7F]");

    /** Characters that are not allowed in a path, and percent signs that do not start an escape. */
    private static final Pattern NOT_IN_A_PATH =
            Pattern.compile("%(?![0-9A-Fa-f]{2})|[^!$%&'()*+,./:;=@_~0-9A-Za-z-]");

    /**
     * Headers that apply to a single hop, such as those about how the body is transferred. {@code
     * Accept-Encoding} is not forwarded either: the gateway and CloudFront compress, and a response
     * that was compressed here would have to be sent to them as Base64.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1">RFC 9110, section 7.6.1,
     *     Connection</a>
     */
    private static final Set<String> NOT_FORWARDED =
            Set.of(
                    "accept-encoding",
                    "connection",
                    "content-length",
                    "expect",
                    "keep-alive",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    private final String method;
    private final String target;
    private final List<String> headers;
    private final byte[] body;

    private ProxyRequest(String method, String target, List<String> headers, byte[] body) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
    }

    static ProxyRequest of(APIGatewayProxyRequestEvent event) {
        return new ProxyRequest(
                token(event.getHttpMethod()),
                path(event.getPath())
                        + query(
                                event.getMultiValueQueryStringParameters(),
                                event.getQueryStringParameters()),
                headers(lists(event.getMultiValueHeaders(), event.getHeaders())),
                body(event.getBody(), Boolean.TRUE.equals(event.getIsBase64Encoded())));
    }

    private static String token(@Nullable String method) {
        if (method == null || !TOKEN.matcher(method).matches()) {
            throw new IllegalArgumentException("the event has no method");
        }
        return method;
    }

    private static String path(@Nullable String path) {
        String sent = path == null || path.isEmpty() ? "/" : path;
        String encoded = NOT_IN_A_PATH.matcher(sent).replaceAll(found -> percent(found.group()));
        return encoded.startsWith("/") ? encoded : "/" + encoded;
    }

    private static String query(
            @Nullable Map<String, List<String>> lists, @Nullable Map<String, String> singles) {
        String query =
                lists(lists, singles).entrySet().stream()
                        .flatMap(
                                parameter ->
                                        parameter.getValue().stream()
                                                .map(
                                                        value ->
                                                                encoded(parameter.getKey())
                                                                        + "="
                                                                        + encoded(value)))
                        .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    private static String encoded(String text) {
        return Pattern.compile("[^._~0-9A-Za-z-]+")
                .matcher(text)
                .replaceAll(found -> percent(found.group()));
    }

    private static String percent(String text) {
        var escapes = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            escapes.append('%').append(String.format(Locale.ROOT, "%02X", each));
        }
        return escapes.toString();
    }

    /** Returns the values as lists. The gateway passes null if there are none. */
    private static Map<String, List<String>> lists(
            @Nullable Map<String, List<String>> lists, @Nullable Map<String, String> singles) {
        if (lists != null) {
            return lists;
        }
        return singles == null
                ? Map.of()
                : singles.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey, single -> List.of(single.getValue())));
    }

    private static List<String> headers(Map<String, List<String>> sent) {
        Set<String> hopByHop =
                sent.entrySet().stream()
                        .filter(header -> header.getKey().equalsIgnoreCase("Connection"))
                        .flatMap(header -> header.getValue().stream())
                        .flatMap(value -> Stream.of(value.split(",", -1)))
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
        return sent.entrySet().stream()
                .filter(header -> TOKEN.matcher(header.getKey()).matches())
                .filter(header -> !NOT_FORWARDED.contains(lowerCase(header)))
                .filter(header -> !hopByHop.contains(lowerCase(header)))
                .flatMap(header -> header.getValue().stream().map(value -> line(header, value)))
                .toList();
    }

    private static String lowerCase(Map.Entry<String, ?> header) {
        return header.getKey().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the line of a header. Control characters become spaces, so that a value cannot end
     * its line.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.5">RFC 9110, section 5.5,
     *     Field Values</a>
     */
    private static String line(Map.Entry<String, ?> header, String value) {
        return header.getKey() + ": " + CONTROLS.matcher(value).replaceAll(" ");
    }

    private static byte[] body(@Nullable String body, boolean isBase64) {
        String sent = Objects.requireNonNullElse(body, "");
        return isBase64 ? Base64.getDecoder().decode(sent) : sent.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the path and the query. */
    String target() {
        return target;
    }

    /** Returns one line for each header, without those that apply to a single hop. */
    List<String> headers() {
        return headers;
    }

    byte[] body() {
        return body.clone();
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    /**
     * Returns the request as it is sent over the wire; its connection is used for this call only.
     */
    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        write(method + " " + target + " HTTP/1.1", bytes);
        headers.forEach(header -> write(header, bytes));
        if (body.length > 0 || !Set.of("GET", "HEAD", "OPTIONS").contains(method)) {
            write("Content-Length: " + body.length, bytes);
        }
        write("Connection: close", bytes);
        write("", bytes);
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    private static void write(String line, ByteArrayOutputStream to) {
        Charset latin = StandardCharsets.ISO_8859_1;
        Charset charset = latin.newEncoder().canEncode(line) ? latin : StandardCharsets.UTF_8;
        to.writeBytes((line + "\r\n").getBytes(charset));
    }

    /** Returns the method and the path, without the parts that may contain secrets. */
    @Override
    public String toString() {
        return method + " " + ShownPath.of(target.replaceFirst("\\?.*", ""));
    }
}
