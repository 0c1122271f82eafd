package dev.statuswire.emulator.gateway;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The HTTP client of an SDK client whose calls are all {@link Commands} of this JVM's gateway: what
 * the SDK would send is carried out at once, and what the port would answer is what the SDK reads.
 * Only the network is left out.
 *
 * <p>Thread-safe; no call blocks.
 */
final class ConnectionsClient implements SdkHttpClient {

    private final Commands commands;

    ConnectionsClient(Commands commands) {
        this.commands = commands;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new Prepared(commands, request);
    }

    @Override
    public String clientName() {
        return "InProcess";
    }

    @Override
    public void close() {}

    private record Prepared(Commands commands, HttpExecuteRequest request)
            implements ExecutableHttpRequest {

        @Override
        public HttpExecuteResponse call() throws IOException {
            Commands.Reply reply = commands.answer(new Call(request));
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            return HttpExecuteResponse.builder()
                    .response(response(reply, body.length))
                    .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                    .build();
        }

        private static SdkHttpFullResponse response(Commands.Reply reply, int length) {
            var response = SdkHttpFullResponse.builder().statusCode(reply.status());
            reply.errorType().ifPresent(type -> response.putHeader("x-amzn-ErrorType", type));
            if (length > 0) {
                response.putHeader("Content-Type", "application/json");
            }
            return response.putHeader("Content-Length", Integer.toString(length)).build();
        }

        /** It is done before anybody could think of that. */
        @Override
        public void abort() {}
    }

    private record Call(HttpExecuteRequest request) implements Commands.Call {

        private SdkHttpRequest http() {
            return request.httpRequest();
        }

        @Override
        public String method() {
            return http().method().name();
        }

        @Override
        public String rawPath() {
            return http().encodedPath();
        }

        /** Who calls from within this JVM needs to prove nothing. */
        @Override
        public boolean isSigned() {
            return true;
        }

        /** Sets aside no more than the request says that there is. */
        @Override
        public byte[] body(int atMost) throws IOException {
            try (InputStream content = content()) {
                byte[] bytes = new byte[Math.min(atMost, length(atMost))];
                int read = content.readNBytes(bytes, 0, bytes.length);
                return read == bytes.length ? bytes : Arrays.copyOf(bytes, read);
            }
        }

        private InputStream content() {
            return request.contentStreamProvider()
                    .map(content -> content.newStream())
                    .orElseGet(InputStream::nullInputStream);
        }

        private int length(int unknown) {
            return http().firstMatchingHeader("Content-Length")
                    .map(Integer::parseInt)
                    .orElse(unknown);
        }
    }
}
