package dev.statuswire.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.statuswire.client.ProblemResponseException.Problem;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client of one Statuswire server.
 *
 * <pre>{@code
 * try (var client = StatuswireClient.builder(URI.create("https://work.example.org")).build()) {
 *     var order = client.submit("place-order", Map.of("dish", "soup", "quantity", 2));
 *     var done = client.await(order.id(), Duration.ofMinutes(1));
 * }
 * }</pre>
 *
 * <p>The calls block until the server responds, for at most 10 s, except for {@link #submit}. Each
 * throws a {@link ProblemResponseException} if the server refuses it, and a {@link
 * NoResponseException} if there is no response, the thread is interrupted (it stays interrupted),
 * or the client is closed. An {@link IllegalArgumentException} means that an argument is invalid,
 * and that nothing was sent.
 *
 * <p>A watch keeps a live socket open, reads what it has missed after every reconnect, and polls
 * while there is no socket. All watches share one socket. Without a watch, there is none.
 *
 * <p>Thread-safe. Create one client for each server and user, and close it when the application
 * stops.
 */
public final class StatuswireClient implements AutoCloseable {

    /** How long after the first try a submission is sent again if there is no response. */
    private static final long RETRY_WITHOUT_RESPONSE = 20_000;

    /** The same after a temporary error. */
    private static final long RETRY_TEMPORARY_ERROR = 60_000;

    private static final long SHORTEST_PAUSE = 250;
    private static final long BACKOFF_BASE = 500;
    private static final long BACKOFF_CAP = 8_000;

    /** Errors of the server, a gateway or a limit after which the same call may succeed. */
    private static final Set<Integer> TEMPORARY = Set.of(408, 429, 502, 503, 504);

    private final RequestIds ids = new RequestIds();
    private final EventLoop loop = new EventLoop();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads;
    private final ObjectMapper mapper;
    private final HttpCalls http;
    private final LiveUpdates updates;

    private StatuswireClient(Builder builder) {
        threads =
                Executors.newCachedThreadPool(
                        task -> {
                            Thread thread = new Thread(task, "statuswire-client-calls");
                            thread.setDaemon(true);
                            return thread;
                        });
        HttpClient client =
                builder.httpClient == null ? HttpClient.newHttpClient() : builder.httpClient;
        mapper = builder.mapper;
        http = new HttpCalls(builder.server, builder.link, client, builder.token, threads);
        updates = new LiveUpdates(http, client, loop);
    }

    /**
     * {@return a builder of a client}
     *
     * @param server the server's URL, for example {@code https://work.example.org}; it may have a
     *     path
     * @throws IllegalArgumentException if it is not an http or https URL, or has a user, a query or
     *     a fragment
     */
    public static Builder builder(URI server) {
        return new Builder(server);
    }

    /** Creates a client. */
    public static final class Builder {

        private final URI server;
        private @Nullable String link;
        private @Nullable HttpClient httpClient;
        private @Nullable Supplier<String> token;
        private ObjectMapper mapper = ClientJson.mapper();

        private Builder(URI server) {
            String scheme = server.getScheme();
            if (!("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))
                    || server.getHost() == null
                    || server.getRawUserInfo() != null
                    || server.getRawQuery() != null
                    || server.getRawFragment() != null) {
                throw new IllegalArgumentException(
                        "the client needs the http or https URL of a server, without a user, a"
                                + " query and a fragment");
            }
            this.server = server;
        }

        /**
         * Sets the source of access tokens. The client calls it before every call to the server, by
         * several threads, so it should renew a token that is about to expire. If it throws, the
         * call fails with a {@link NoResponseException}, and nothing is sent.
         *
         * @param source returns an access token, or throws
         * @return this builder
         */
        public Builder token(Supplier<String> source) {
            token = source;
            return this;
        }

        /**
         * Sets the HTTP client, for example one with a proxy. Its owner closes it.
         *
         * @param client the HTTP client
         * @return this builder
         */
        public Builder httpClient(HttpClient client) {
            httpClient = client;
            return this;
        }

        /**
         * Sets the mapper that writes inputs and answers, for example one with modules for other
         * types.
         *
         * @param own the mapper
         * @return this builder
         */
        public Builder objectMapper(ObjectMapper own) {
            mapper = own;
            return this;
        }

        /** Sets the secret of a link, with which the client calls its request. */
        Builder link(String secret) {
            link = secret;
            return this;
        }

        /**
         * Creates the client. It calls the server only once one of its methods is called.
         *
         * @return the client
         */
        public StatuswireClient build() {
            return new StatuswireClient(this);
        }
    }

    /**
     * Submits a request with a new id. The id is {@code ~} and a UUIDv7, so that the server lists
     * the request first. See {@link #submit(String, String, Object)}.
     *
     * @param type the name of a request type
     * @param input any value that the mapper can write
     * @return the request as the server has it
     */
    public StatusDocument submit(String type, Object input) {
        return submit(newId(), type, input);
    }

    /**
     * Submits a request. The client sends it again for up to 20 s if there is no response, and for
     * up to 60 s if the response is 408, 429, 502, 503 or 504; it waits at least for the time in
     * {@code Retry-After}. It always sends the same id and the same body, so there are never two
     * requests.
     *
     * @param id an id of your own, 8 to 64 characters of {@code A-Z a-z 0-9 _ -}, or one from
     *     {@link #newId}. It is safe to submit again with the same id after any exception
     * @param type the name of a request type
     * @param input any value that the mapper can write, such as a record, a map or a JsonNode. It
     *     is read once, before the first try. Numbers keep their digits
     * @return the request as the server has it
     * @throws ProblemResponseException if the server refuses it: 422 with {@link
     *     ProblemResponseException#errors} if the input does not match the type's schema, 409 if
     *     the id is in use with different content
     * @throws NoResponseException if there was no response: the request may have been submitted
     * @throws IllegalArgumentException if the id or the type is invalid, or the input cannot be
     *     written as JSON (which has no NaN); nothing was sent
     */
    public StatusDocument submit(String id, String type, Object input) {
        return submit(id, type, input, SubmitOptions.none());
    }

    /**
     * Submits a request with options: when to start it, and tags. Otherwise the same as {@link
     * #submit(String, String, Object)}; the client sends the same options with every try.
     *
     * @param id an id of your own, 8 to 64 characters of {@code A-Z a-z 0-9 _ -}, or one from
     *     {@link #newId}. It is safe to submit again with the same id and options after any
     *     exception
     * @param type the name of a request type
     * @param input any value that the mapper can write
     * @param options when to start the request, and its tags
     * @return the request as the server has it
     * @throws ProblemResponseException if the server refuses it: 422 with {@link
     *     ProblemResponseException#errors} if the input does not match the type's schema or an
     *     option is invalid, 409 if the id is in use with different content or options
     * @throws NoResponseException if there was no response: the request may have been submitted
     * @throws IllegalArgumentException if the id or the type is invalid, or the input cannot be
     *     written as JSON (which has no NaN); nothing was sent
     */
    public StatusDocument submit(String id, String type, Object input, SubmitOptions options) {
        HttpCalls.checkOwnId(id);
        HttpCalls.checkType(type);
        String content = ClientJson.submission(type, input, options, mapper);
        return written(withRetries(HttpCalls.submit(id, content)));
    }

    /** {@return a new id for {@link #submit(String, String, Object)}, higher than all before it} */
    public String newId() {
        return ids.next();
    }

    /**
     * Reads one request.
     *
     * @param id the id of the request
     * @return the request
     * @throws ProblemResponseException with status 404 if there is no such request
     */
    public StatusDocument get(String id) {
        StatusDocument document = http.call(http.status(HttpCalls.checkId(id), null)).document();
        if (document == null) {
            throw new NoResponseException("The server responded 304 to a first read", null);
        }
        return document;
    }

    /**
     * Reads one page of the list, newest first. The cursor of {@link ListedRequests#next} requests
     * the next page.
     *
     * @param query the filters and the position of the page
     * @return the page
     */
    public ListedRequests list(RequestQuery query) {
        return http.call(HttpCalls.list(query));
    }

    /**
     * Answers a request that waits for an answer. The first answer to a step is accepted and
     * becomes the output of the step. It is safe to call this again with the same answer.
     *
     * @param id the id of the request
     * @param step the step that waits: {@link StatusDocument.Waiting#step}
     * @param answer any value that the mapper can write, such as a record, a map or a JsonNode.
     *     Numbers keep their digits
     * @return the request after the call
     * @throws ProblemResponseException with status 404 if there is no such request, 409 if the step
     *     has another answer or does not wait for one, and 422 with {@link
     *     ProblemResponseException#errors} if the answer does not match the step's schema
     * @throws NoResponseException if there was no response: the answer may have been accepted
     * @throws IllegalArgumentException if the id is invalid, or the answer cannot be written as
     *     JSON; nothing was sent
     */
    public StatusDocument answer(String id, String step, Object answer) {
        HttpCalls.checkId(id);
        String content = ClientJson.answer(step, answer, mapper);
        return written(http.call(http.answer(id, content)));
    }

    /**
     * Cancels a request. A running request is cancelled once its worker stops; until then, its
     * document has {@link StatusDocument#cancelRequested}. It is safe to call this again.
     *
     * @param id the id of the request
     * @return the request after the call
     * @throws ProblemResponseException with status 404 if there is no such request, and 409 if it
     *     has already succeeded or failed
     */
    public StatusDocument cancel(String id) {
        return written(http.call(HttpCalls.cancel(HttpCalls.checkId(id))));
    }

    /**
     * Restarts a failed or cancelled request; its finished steps do not run again.
     *
     * @param id the id of the request
     * @return the request after the call
     * @throws ProblemResponseException with status 404 if there is no such request, and 409 if it
     *     has any other status
     * @throws NoResponseException if there was no response; {@link #get} shows whether it restarted
     */
    public StatusDocument retry(String id) {
        return written(http.call(HttpCalls.retry(HttpCalls.checkId(id))));
    }

    /**
     * Deletes a finished request. Watches of this client report that it was removed, as they do if
     * another client deletes it.
     *
     * @param id the id of the request
     * @throws ProblemResponseException with status 404 if there is no such request, and 409 if it
     *     is not finished
     * @throws NoResponseException if there was no response. It is safe to call this again, unless a
     *     new request may have the id by then; status 404 means that the request is deleted
     */
    public void delete(String id) {
        http.call(HttpCalls.delete(HttpCalls.checkId(id)));
        updates.deleted(id);
    }

    /**
     * Creates a link to a request: a secret URL that gives access to it without a token, until it
     * expires, you revoke it, or the request is removed. Each call creates another link.
     *
     * @param id the id of the request
     * @param options what the link allows, and until when
     * @return the link; only this response has its URL
     * @throws ProblemResponseException with status 404 if there is no such request, 409 if a newer
     *     release of the server has written it, 422 with {@link ProblemResponseException#errors} if
     *     an option is invalid, and 429 if the request has 100 links
     * @throws NoResponseException if there was no response: {@link #links} shows whether there is a
     *     link whose URL you do not have; revoke it
     * @throws IllegalArgumentException if the id is invalid; nothing was sent
     */
    public CreatedLink createLink(String id, LinkOptions options) {
        return http.call(HttpCalls.createLink(HttpCalls.checkId(id), ClientJson.link(options)));
    }

    /**
     * Lists the links to a request, newest first, without their URLs and without those that have
     * expired or were revoked. A link that was created or revoked less than a second ago may be
     * missing or still there.
     *
     * @param id the id of the request
     * @return the links
     * @throws ProblemResponseException with status 404 if there is no such request
     */
    public List<Link> links(String id) {
        return http.call(HttpCalls.links(HttpCalls.checkId(id)));
    }

    /**
     * Revokes a link. Every later call with it gets 404, and the link cannot be restored.
     *
     * @param id the id of the request
     * @param linkId the id of the link: {@link Link#linkId}
     * @throws ProblemResponseException with status 404 if you have no such link
     * @throws NoResponseException if there was no response. It is safe to call this again; status
     *     404 means that the link is revoked
     * @throws IllegalArgumentException if an id is invalid; nothing was sent
     */
    public void revokeLink(String id, String linkId) {
        http.call(HttpCalls.revokeLink(HttpCalls.checkId(id), HttpCalls.checkLinkId(linkId)));
    }

    /**
     * Watches one request, and returns at once. The listener receives the current document, then
     * the newest one after each change. The watch ends after a finished document, or when the
     * request is removed; if another request takes the id, the watched one was removed. While the
     * server is unreachable, the watch waits. A document never has a lower version than the one
     * before.
     *
     * @param id the id of the request
     * @param listener receives the documents
     * @return the watch; close it to stop watching
     * @throws IllegalArgumentException if the id is invalid
     * @throws IllegalStateException if the client is closed
     */
    public Watch watch(String id, RequestListener listener) {
        return started(HttpCalls.checkId(id), listener);
    }

    /**
     * Watches all requests of the caller until the watch is closed, and returns at once. The
     * listener first receives the newest 50 requests, then every change that the server pushes:
     * also new requests, and changes of older ones. After a lost connection, the client reads the
     * newest requests (those that it received first and all newer ones, at most the newest 1,000)
     * and every unfinished request that it knows. It reports changes of these, but not of older
     * finished requests that a user retried meanwhile.
     *
     * @param listener receives the documents
     * @return the watch; close it to stop watching
     * @throws IllegalStateException if the client is closed
     */
    public Watch watch(RequestListener listener) {
        return started(null, listener);
    }

    private Watch started(@Nullable String id, RequestListener listener) {
        if (http.isClosed()) {
            throw new IllegalStateException("the client is closed");
        }
        return updates.watch(id, listener, threads);
    }

    /**
     * Blocks until a request is finished. While the server is unreachable, it waits.
     *
     * @param id the id of the request
     * @param limit how long to wait at most
     * @return the finished document; its status may be {@code FAILED} or {@code CANCELLED}
     * @throws TimeoutException if the request does not finish within this time; it continues
     * @throws ProblemResponseException with status 404 if there is no such request, or it is
     *     removed
     * @throws NoResponseException if the client is closed
     * @throws InterruptedException if the thread is interrupted
     * @throws IllegalArgumentException if the id is invalid
     */
    public StatusDocument await(String id, Duration limit)
            throws InterruptedException, TimeoutException {
        Finish finish =
                http.isByLink()
                        ? new Finish(HttpCalls.LINK_NOT_VALID, "The link is no longer valid")
                        : new Finish("/problems/not-found", "The request was removed");
        try (Watch watch = watch(id, finish)) {
            watch.end().get(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new TimeoutException("%s did not finish within %s".formatted(id, limit));
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a watch ends normally", impossible);
        }
        return finish.document();
    }

    /** Records how a watch ended. */
    private static final class Finish implements RequestListener {

        private final Problem removal;
        private volatile @Nullable StatusDocument last;
        private volatile @Nullable Problem problem;

        private Finish(String type, String removed) {
            removal = new Problem(type, removed, 404, null, null, List.of());
        }

        @Override
        public void changed(StatusDocument changed) {
            last = changed;
        }

        @Override
        public void removed(String id) {
            problem = removal;
        }

        @Override
        public void refused(ProblemResponseException refused) {
            problem = refused.problem();
        }

        private StatusDocument document() {
            Problem refused = problem;
            if (refused != null) {
                throw new ProblemResponseException(refused, null);
            }
            StatusDocument document = last;
            if (document == null || !document.isFinished()) {
                throw new NoResponseException("The client is closed", null);
            }
            return document;
        }
    }

    /** A watch need not wait until the server pushes the client's own writes. */
    private StatusDocument written(StatusDocument document) {
        updates.written(document);
        return document;
    }

    private <T> T withRetries(HttpCalls.Call<T> call) {
        long started = EventLoop.millis();
        for (int failures = 0; ; failures++) {
            RuntimeException error;
            long limit;
            long retryAfter = 0;
            try {
                return http.call(call);
            } catch (NoResponseException none) {
                error = none;
                limit = RETRY_WITHOUT_RESPONSE;
            } catch (ProblemResponseException problem) {
                error = problem;
                limit = TEMPORARY.contains(problem.status()) ? RETRY_TEMPORARY_ERROR : 0;
                retryAfter = problem.retryAfter().map(Duration::toMillis).orElse(0L);
            }
            long jitter = RetryTimes.fullJitter(failures, BACKOFF_BASE, BACKOFF_CAP, loop.random());
            long wait = retryAfter + Math.max(SHORTEST_PAUSE, jitter);
            if (EventLoop.millis() - started + wait > limit || isStopped(wait)) {
                throw error;
            }
        }
    }

    /** Waits, and returns whether the client was closed or the thread interrupted meanwhile. */
    private boolean isStopped(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /**
     * Closes the client: ends all watches, closes the socket and fails pending calls. Returns
     * without waiting. Idempotent.
     */
    @Override
    public void close() {
        closed.countDown();
        http.close();
        updates.close(threads::shutdown);
    }
}
