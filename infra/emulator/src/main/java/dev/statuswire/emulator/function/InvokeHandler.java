package dev.statuswire.emulator.function;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.statuswire.emulator.function.RegisteredFunction.Result;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lambda's Invoke operation over HTTP.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda
 *     quotas</a>: payloads of 6 MB for synchronous and 1 MB for asynchronous invocations
 */
final class InvokeHandler extends Handler.Abstract {

    private static final int SYNCHRONOUS_LIMIT = 6 * 1024 * 1024;
    private static final int ASYNCHRONOUS_LIMIT = 1024 * 1024;
    private static final double NANOS_PER_MILLI = 1e6;

    private static final Pattern PATH =
            Pattern.compile("/2015-03-31/functions/([^/]+)/invocations");

    /**
     * Limits the memory for checking a payload, which grows with each level. The stack does not
     * grow.
     */
    private static final int MAX_NESTING = 100_000;

    /**
     * Numbers, names and strings are limited by the payload's size, not by the library's own
     * limits.
     */
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_NESTING)
                                    .maxNumberLength(SYNCHRONOUS_LIMIT)
                                    .maxNameLength(SYNCHRONOUS_LIMIT)
                                    .maxStringLength(SYNCHRONOUS_LIMIT)
                                    .build())
                    .build();

    private final Map<String, RegisteredFunction<?, ?>> functions;
    private final AsyncInvocations asynchronous;
    private final LogTails logTails;
    private final InstantSource steady;
    private volatile boolean stopping;

    /**
     * @param steady measures how long invocations take
     */
    InvokeHandler(
            Map<String, RegisteredFunction<?, ?>> functions,
            AsyncInvocations asynchronous,
            LogTails logTails,
            InstantSource steady) {
        this.functions = functions;
        this.asynchronous = asynchronous;
        this.logTails = logTails;
        this.steady = steady;
    }

    /** Rejects every call from now on. */
    void rejectCalls() {
        stopping = true;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
            throws IOException {
        InvokeResponse reply = respond(request);
        response.setStatus(reply.status());
        response.getHeaders().put("Content-Type", "application/json");
        reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.write(
                true, ByteBuffer.wrap(reply.body().getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }

    private InvokeResponse respond(Request request) throws IOException {
        Matcher path = PATH.matcher(request.getHttpURI().getPath());
        if (!path.matches() || !request.getMethod().equals("POST")) {
            return InvokeResponse.error(
                    404, "UnknownOperationException", "only Invoke is implemented");
        }
        if (stopping) {
            return InvokeResponse.error(503, "ServiceException", "the Invoke API is stopping");
        }
        try {
            String name = URLDecoder.decode(path.group(1), StandardCharsets.UTF_8);
            return invoke(InvokeParameters.of(name, request), request);
        } catch (IllegalArgumentException wrong) {
            return InvokeResponse.error(400, "InvalidParameterValueException", wrong.getMessage());
        }
    }

    private InvokeResponse invoke(InvokeParameters parameters, Request request) throws IOException {
        RegisteredFunction<?, ?> function = functions.get(parameters.function());
        if (function == null) {
            return InvokeResponse.error(
                    404,
                    "ResourceNotFoundException",
                    "Function not found: " + parameters.function());
        }
        byte[] body = Content.Source.asInputStream(request).readNBytes(SYNCHRONOUS_LIMIT + 1);
        int limit = parameters.type().equals("Event") ? ASYNCHRONOUS_LIMIT : SYNCHRONOUS_LIMIT;
        if (body.length > limit) {
            return InvokeResponse.error(
                    413,
                    "RequestTooLargeException",
                    "%d byte payload is too large for the %s invocation type (limit %d bytes)"
                            .formatted(body.length, parameters.type(), limit));
        }
        return payload(body)
                .map(payload -> invoke(function, parameters, payload))
                .orElseGet(
                        () ->
                                InvokeResponse.error(
                                        400,
                                        "InvalidRequestContentException",
                                        "Could not parse request body into json"));
    }

    /**
     * Returns the body if it is one JSON value in UTF-8, or an empty object if the body is empty.
     */
    private static Optional<String> payload(byte[] body) throws IOException {
        if (body.length == 0) {
            return Optional.of("{}");
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return isJson(text) ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException | JacksonException notJson) {
            return Optional.empty();
        }
    }

    /** Reads tokens only, because converting a number with millions of digits takes long. */
    private static boolean isJson(String text) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            boolean isValue = parser.nextToken() != null;
            parser.skipChildren();
            return isValue && parser.nextToken() == null;
        }
    }

    private InvokeResponse invoke(
            RegisteredFunction<?, ?> function, InvokeParameters parameters, String payload) {
        String requestId = UUID.randomUUID().toString();
        return switch (parameters.type()) {
            case "Event" -> {
                asynchronous.accept(function, payload, requestId);
                yield InvokeResponse.empty(202, requestId);
            }
            case "DryRun" -> InvokeResponse.empty(204, requestId);
            default -> runSynchronously(function, payload, requestId, parameters.withLog());
        };
    }

    private InvokeResponse runSynchronously(
            RegisteredFunction<?, ?> function, String payload, String requestId, boolean withLog) {
        if (!function.tryAcquire()) {
            return InvokeResponse.error(429, "TooManyRequestsException", "Rate Exceeded.");
        }
        try {
            return withLog
                    ? withLog(function, payload, requestId)
                    : InvokeResponse.of(function.run(payload, requestId), requestId);
        } finally {
            function.release();
        }
    }

    /**
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-logging.html">Log and monitor
     *     Java Lambda functions</a>: the lines that Lambda adds
     */
    private InvokeResponse withLog(
            RegisteredFunction<?, ?> function, String payload, String requestId) {
        try (LogTails.Tail tail = logTails.follow(requestId)) {
            tail.add("START RequestId: " + requestId + " Version: " + LocalContext.VERSION);
            Instant start = steady.instant();
            Result result = function.run(payload, requestId);
            double millis = Duration.between(start, steady.instant()).toNanos() / NANOS_PER_MILLI;
            tail.add("END RequestId: " + requestId);
            tail.add(
                    String.format(
                            Locale.ROOT,
                            "REPORT RequestId: %s\tDuration: %.2f ms\tBilled Duration: %.0f"
                                    + " ms\tMemory Size: %d MB",
                            requestId,
                            millis,
                            Math.ceil(millis),
                            LocalContext.MEMORY_MEGABYTES));
            return InvokeResponse.of(result, requestId).with("X-Amz-Log-Result", tail.base64());
        }
    }
}
