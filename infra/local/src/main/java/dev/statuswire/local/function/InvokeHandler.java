package dev.statuswire.local.function;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.statuswire.local.function.HostedFunction.Answer;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
import org.jspecify.annotations.Nullable;

/**
 * Lambda's Invoke operation over HTTP.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda
 *     quotas</a>: payloads of 6 MB synchronous, 1 MB asynchronous
 */
final class InvokeHandler extends Handler.Abstract {

    private static final int SYNCHRONOUS_LIMIT = 6 * 1024 * 1024;
    private static final int ASYNCHRONOUS_LIMIT = 1024 * 1024;

    private static final Pattern PATH =
            Pattern.compile("/2015-03-31/functions/([^/]+)/invocations");

    /**
     * The name in each form that the API takes: alone, with an account, as an ARN; with a version
     * or without.
     */
    private static final Pattern NAME =
            Pattern.compile("(?:.*:function:)?([A-Za-z0-9_-]+)(?::[A-Za-z0-9$_-]+)?");

    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, HostedFunction<?, ?>> functions;
    private final AsyncInvocations asynchronous;
    private volatile boolean stopping;

    InvokeHandler(Map<String, HostedFunction<?, ?>> functions, AsyncInvocations asynchronous) {
        this.functions = functions;
        this.asynchronous = asynchronous;
    }

    /** From now on every call is refused. */
    void refuse() {
        stopping = true;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
            throws IOException {
        Reply reply = answer(request);
        response.setStatus(reply.status());
        response.getHeaders().put("Content-Type", "application/json");
        reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.write(
                true, ByteBuffer.wrap(reply.body().getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }

    private Reply answer(Request request) throws IOException {
        Matcher path = PATH.matcher(request.getHttpURI().getPath());
        if (!path.matches() || !request.getMethod().equals("POST")) {
            return Reply.error(404, "UnknownOperationException", "only Invoke is here");
        }
        if (stopping) {
            return Reply.error(503, "ServiceException", "stopping");
        }
        String name = URLDecoder.decode(path.group(1), StandardCharsets.UTF_8);
        HostedFunction<?, ?> function = find(name);
        return function == null
                ? Reply.error(404, "ResourceNotFoundException", "Function not found: " + name)
                : invoke(function, request);
    }

    private @Nullable HostedFunction<?, ?> find(String name) {
        Matcher parts = NAME.matcher(name);
        return parts.matches() ? functions.get(parts.group(1)) : null;
    }

    private Reply invoke(HostedFunction<?, ?> function, Request request) throws IOException {
        String type =
                Optional.ofNullable(request.getHeaders().get("X-Amz-Invocation-Type"))
                        .orElse("RequestResponse");
        byte[] body = Content.Source.asInputStream(request).readNBytes(SYNCHRONOUS_LIMIT + 1);
        int limit = type.equals("Event") ? ASYNCHRONOUS_LIMIT : SYNCHRONOUS_LIMIT;
        if (body.length > limit) {
            String message =
                    body.length
                            + " byte payload is too large for the "
                            + type
                            + " invocation type (limit "
                            + limit
                            + " bytes)";
            return Reply.error(413, "RequestTooLargeException", message);
        }
        String payload = body.length == 0 ? "{}" : new String(body, StandardCharsets.UTF_8);
        return isJson(payload)
                ? invoke(function, type, payload)
                : Reply.error(
                        400,
                        "InvalidRequestContentException",
                        "Could not parse request body into json");
    }

    private Reply invoke(HostedFunction<?, ?> function, String type, String payload) {
        return switch (type) {
            case "RequestResponse" -> now(function, payload);
            case "Event" -> later(function, payload);
            case "DryRun" -> Reply.empty(204);
            default ->
                    Reply.error(
                            400,
                            "InvalidParameterValueException",
                            "unknown invocation type " + type);
        };
    }

    private static boolean isJson(String payload) {
        try {
            JSON.readTree(payload);
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }

    private static Reply now(HostedFunction<?, ?> function, String payload) {
        if (!function.tryAcquire()) {
            return Reply.error(429, "TooManyRequestsException", "Rate Exceeded.");
        }
        try {
            Answer answer = function.run(payload, UUID.randomUUID().toString());
            return Reply.of(answer);
        } finally {
            function.release();
        }
    }

    private Reply later(HostedFunction<?, ?> function, String payload) {
        asynchronous.accept(function, payload, UUID.randomUUID().toString());
        return Reply.empty(202);
    }
}
