package dev.statuswire.client;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client of one request, for a program that has a link to it. It needs no token.
 *
 * <pre>{@code
 * try (var link = LinkClient.open(url)) {
 *     var request = link.status();
 *     if (request.links().answer() != null) {
 *         link.answer(request.waiting().step(), Map.of("approved", true));
 *     }
 * }
 * }</pre>
 *
 * <p>The calls block and fail like those of a {@link StatuswireClient}. A {@link
 * ProblemResponseException} with the type {@code /problems/link-not-valid} and status 404 means
 * that the link is not valid: it is unknown, has expired or was revoked, or its request was
 * removed. Any other problem with status 404 is that of a server that does not know links, such as
 * an older release during a deployment; the call may succeed later. No message of an exception
 * contains the secret of the link.
 *
 * <p>Thread-safe. Close it when the link is no longer used.
 */
public final class LinkClient implements AutoCloseable {

    private static final Pattern LINK = Pattern.compile("(https?://[^?#]+)/l/([\\w-]{22})");

    /** The calls of a link name no request, so this id is not sent. */
    private static final String ANY_ID = "any-request";

    private final StatuswireClient client;
    private volatile @Nullable String id;

    private LinkClient(StatuswireClient client) {
        this.client = client;
    }

    /**
     * Opens a link. The server is called only once one of the methods is called.
     *
     * @param url the URL of the link: {@link CreatedLink#url}
     * @return the client of its request
     * @throws IllegalArgumentException if it is not the http or https URL of a link
     */
    public static LinkClient open(URI url) {
        Matcher link = LINK.matcher(url.toString());
        if (!link.matches()) {
            throw new IllegalArgumentException("not the http or https URL of a link");
        }
        return new LinkClient(
                StatuswireClient.builder(URI.create(link.group(1))).link(link.group(2)).build());
    }

    /**
     * Reads the request. The document has no input unless the link shows it; {@link
     * StatusDocument#link} describes what the link allows.
     *
     * @return the request
     * @throws ProblemResponseException with status 404 if the link is not valid, and 429 if too
     *     many calls with links that are not valid came from this address
     */
    public StatusDocument status() {
        return seen(client.get(ANY_ID));
    }

    /**
     * Answers the request, which waits for an answer. The first answer to a step is accepted and
     * becomes the output of the step. It is safe to call this again with the same answer.
     *
     * @param step the step that waits: {@link StatusDocument.Waiting#step}
     * @param answer any value that Jackson can write, such as a record, a map or a JsonNode.
     *     Numbers keep their digits
     * @return the request after the call
     * @throws ProblemResponseException with status 403 if the link does not allow to answer this
     *     step, 404 if the link is not valid, 409 if the step has another answer or does not wait
     *     for one, and 422 with {@link ProblemResponseException#errors} if the answer does not
     *     match the step's schema
     * @throws NoResponseException if there was no response: the answer may have been accepted
     * @throws IllegalArgumentException if the answer cannot be written as JSON; nothing was sent
     */
    public StatusDocument answer(String step, Object answer) {
        return seen(client.answer(ANY_ID, step, answer));
    }

    /**
     * Watches the request like {@link StatuswireClient#watch(String, RequestListener)}. Reads it
     * first, unless this client has read it before. The watch also ends, with {@link
     * RequestListener#removed}, if a read fails with {@code /problems/link-not-valid}: the link is
     * no longer valid. After any other 404, the client reads the request again with a backoff. The
     * server does not push the end of a link, so the client may notice it only when the request
     * changes, or after a minute.
     *
     * @param listener receives the documents
     * @return the watch; close it to stop watching
     * @throws ProblemResponseException with status 404 if the link is not valid
     * @throws IllegalStateException if the client is closed
     */
    public Watch watch(RequestListener listener) {
        return client.watch(id(), listener);
    }

    /**
     * Blocks until the request is finished. While the server is unreachable, it waits, except for
     * its first read.
     *
     * @param limit how long to wait at most
     * @return the finished document; its status may be {@code FAILED} or {@code CANCELLED}
     * @throws TimeoutException if the request does not finish within this time; it continues
     * @throws ProblemResponseException with status 404 if the link is not valid or is no longer
     *     valid
     * @throws NoResponseException if the client is closed
     * @throws InterruptedException if the thread is interrupted
     */
    public StatusDocument await(Duration limit) throws InterruptedException, TimeoutException {
        return client.await(id(), limit);
    }

    private String id() {
        String known = id;
        return known == null ? status().id() : known;
    }

    private StatusDocument seen(StatusDocument document) {
        id = document.id();
        return document;
    }

    /**
     * Closes the client: ends all watches, closes the socket and fails pending calls. Returns
     * without waiting. Idempotent.
     */
    @Override
    public void close() {
        client.close();
    }
}
