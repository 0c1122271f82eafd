package dev.statuswire.bench.drive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;

/**
 * HTTP by the client that the SDK uses too, so that ours and the limit are called in the same way.
 * Thread-safe; blocks.
 */
public final class Http implements AutoCloseable {

    private static final int CONNECTIONS = 1024;
    private static final int MILLIS = 30_000;

    /** The server closes a connection after 30 s without a call, just when the next one comes. */
    private static final int IDLE_MILLIS = 10_000;

    private final CloseableHttpClient client =
            HttpClients.custom()
                    .setMaxConnPerRoute(CONNECTIONS)
                    .setMaxConnTotal(CONNECTIONS)
                    .disableAutomaticRetries()
                    .setKeepAliveStrategy((_, _) -> IDLE_MILLIS)
                    .disableCookieManagement()
                    .disableContentCompression()
                    .setDefaultRequestConfig(
                            RequestConfig.custom()
                                    .setSocketTimeout(MILLIS)
                                    .setConnectTimeout(MILLIS)
                                    .build())
                    .build();

    /**
     * An answer.
     *
     * @param etag and {@code retryAfter} as the headers have them
     */
    public record Answer(
            int status, String body, Optional<String> etag, Optional<String> retryAfter) {}

    /**
     * Sends a call and reads the whole answer.
     *
     * @throws UncheckedIOException where none comes
     */
    public Answer send(HttpUriRequest request) {
        try (CloseableHttpResponse response = client.execute(request)) {
            String body =
                    response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity());
            return new Answer(
                    response.getStatusLine().getStatusCode(),
                    body,
                    header(response, "ETag"),
                    header(response, "Retry-After"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Optional<String> header(CloseableHttpResponse response, String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(header -> header.getValue());
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
