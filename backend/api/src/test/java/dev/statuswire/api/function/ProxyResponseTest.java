package dev.statuswire.api.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.eclipse.jetty.http.HttpTester;
import org.junit.jupiter.api.Test;

final class ProxyResponseTest {

    private static APIGatewayProxyResponseEvent answer(byte[] body, String... headers) {
        String head =
                "HTTP/1.1 200 OK\r\n"
                        + String.join("", List.of(headers))
                        + "Connection: close\r\nContent-Length: "
                        + body.length
                        + "\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer all =
                ByteBuffer.allocate(start.length + body.length).put(start).put(body).flip();
        var event = new APIGatewayProxyRequestEvent();
        event.setPath("/requests");
        try {
            return ProxyResponse.of(HttpTester.parseResponse(HttpTester.from(all)), event);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static APIGatewayProxyResponseEvent answer(String body, String... headers) {
        return answer(body.getBytes(StandardCharsets.UTF_8), headers);
    }

    @Test
    void text_is_passed_unchanged() {
        APIGatewayProxyResponseEvent answer = answer("{\"a\":\"ä\"}");

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getBody()).isEqualTo("{\"a\":\"ä\"}");
        assertThat(answer.getIsBase64Encoded()).isFalse();
    }

    @Test
    void any_other_body_is_base64() {
        byte[] body = {(byte) 0xFF, 0};

        assertThat(answer(body).getBody()).isEqualTo(Base64.getEncoder().encodeToString(body));
        assertThat(answer(body).getIsBase64Encoded()).isTrue();
        assertThat(answer("x", "Content-Encoding: gzip\r\n").getIsBase64Encoded()).isTrue();
    }

    @Test
    void repeated_header_is_kept_and_hop_by_hop_headers_are_removed() {
        assertThat(
                        answer("", "X-Any: a\r\n", "x-any: b\r\n", "Vary: Origin\r\n")
                                .getMultiValueHeaders())
                .containsOnlyKeys("X-Any", "Vary")
                .containsEntry("X-Any", List.of("a", "b"));
    }

    @Test
    void response_over_the_limit_of_lambda_is_a_problem_document() {
        String quotes = "\"".repeat(4 * 1024 * 1024);

        APIGatewayProxyResponseEvent answer = answer(quotes);

        assertThat(answer.getStatusCode()).isEqualTo(500);
        assertThat(answer.getBody()).contains("Request less").contains("/requests");
        assertThat(answer("x".repeat(4 * 1024 * 1024)).getStatusCode()).isEqualTo(200);
    }
}
