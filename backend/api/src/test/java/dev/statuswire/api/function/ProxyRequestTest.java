package dev.statuswire.api.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxyRequestTest {

    private final APIGatewayProxyRequestEvent event = new APIGatewayProxyRequestEvent();

    ProxyRequestTest() {
        event.setHttpMethod("POST");
        event.setPath("/requests");
    }

    private String sent() {
        return new String(ProxyRequest.of(event).bytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void call_without_headers_and_body_is_valid_http() {
        assertThat(sent())
                .isEqualTo(
                        "POST /requests HTTP/1.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }

    @Test
    void query_was_decoded_and_is_encoded_again() {
        Map<String, List<String>> query = new LinkedHashMap<>();
        query.put("a b", List.of("1&2", "=+%"));
        query.put("ä", List.of(""));
        event.setMultiValueQueryStringParameters(query);
        event.setQueryStringParameters(Map.of("a b", "=+%", "ä", ""));

        assertThat(ProxyRequest.of(event).target())
                .isEqualTo("/requests?a%20b=1%262&a%20b=%3D%2B%25&%C3%A4=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/links/0mBkUvN6_5yYCcf0zWgVJA/status",
                "/l/0mBkUvN6_5yYCcf0zWgVJA",
                "//links/0mBkUvN6_5yYCcf0zWgVJA/status",
                "/links//0mBkUvN6_5yYCcf0zWgVJA/status",
                "/%6Cinks/0mBkUvN6_5yYCcf0zWgVJA/status",
                "/links;x/0mBkUvN6_5yYCcf0zWgVJA/status"
            })
    void text_for_logs_has_no_secret_of_a_link(String path) {
        event.setPath(path);

        assertThat(ProxyRequest.of(event).toString())
                .startsWith("POST /")
                .doesNotContain("0mBkUvN6_5yYCcf0zWgVJA");
    }

    @Test
    void single_values_are_used_if_there_are_no_lists() {
        event.setQueryStringParameters(Map.of("limit", "1"));
        event.setHeaders(Map.of("Host", "example.org"));

        assertThat(ProxyRequest.of(event).target()).isEqualTo("/requests?limit=1");
        assertThat(ProxyRequest.of(event).headers()).containsExactly("Host: example.org");
    }

    @ParameterizedTest
    @CsvSource({
        "/status/a%2Fb%20c, /status/a%2Fb%20c",
        "/status/ä b,       /status/%C3%A4%20b",
        "/status/a?b#c,     /status/a%3Fb%23c",
        "/status/100%,      /status/100%25",
        "status,            /status",
        "'',                /"
    })
    void path_is_unchanged_except_that_invalid_characters_are_encoded(String path, String sent) {
        event.setPath(path);

        assertThat(ProxyRequest.of(event).target()).isEqualTo(sent);
    }

    @Test
    void header_that_came_twice_is_sent_twice() {
        event.setHeaders(Map.of("X-Any", "b"));
        event.setMultiValueHeaders(Map.of("X-Any", List.of("a", "b")));

        assertThat(ProxyRequest.of(event).headers()).containsExactly("X-Any: a", "X-Any: b");
    }

    @Test
    void hop_by_hop_headers_are_not_forwarded() {
        event.setMultiValueHeaders(
                Map.of(
                        "Connection", List.of("x-this, close"),
                        "X-This", List.of("1"),
                        "Transfer-Encoding", List.of("chunked"),
                        "content-length", List.of("7"),
                        "Expect", List.of("100-continue"),
                        "Accept-Encoding", List.of("gzip"),
                        "X-Other", List.of("2")));

        assertThat(ProxyRequest.of(event).headers()).containsExactly("X-Other: 2");
    }

    @Test
    void no_header_can_end_its_line() {
        event.setMultiValueHeaders(
                Map.of("X-Any", List.of("a\r\nX-Evil: 1"), "X-B\r\nad", List.of("b")));

        assertThat(ProxyRequest.of(event).headers()).containsExactly("X-Any: a  X-Evil: 1");
    }

    @Test
    void base64_body_is_decoded() {
        byte[] body = {0, (byte) 0xFF, 1};
        event.setBody(Base64.getEncoder().encodeToString(body));
        event.setIsBase64Encoded(true);

        assertThat(ProxyRequest.of(event).body()).isEqualTo(body);
        assertThat(sent()).contains("\r\nContent-Length: 3\r\n");
    }

    @Test
    void text_body_is_utf_8() {
        event.setBody("{\"a\":\"ä\"}");

        assertThat(ProxyRequest.of(event).body())
                .isEqualTo("{\"a\":\"ä\"}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void to_string_omits_the_query() {
        event.setQueryStringParameters(Map.of("secret", "x"));

        assertThat(ProxyRequest.of(event).toString()).isEqualTo("POST /requests");
    }
}
