package dev.statuswire.emulator.gateway;

import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import dev.statuswire.emulator.gateway.LambdaInvoker.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the {@code REQUEST} authorizer of {@code $connect}, the only route that can have one.
 * Responses are not cached. Thread-safe if the authorizer's function is; blocks while the function
 * runs.
 *
 * <ul>
 *   <li>an identity source is missing: 401, and the function is not called
 *   <li>the function throws {@code Unauthorized}: 401
 *   <li>the function throws anything else, or its response is incomplete: 500
 *   <li>the returned policy does not allow the call: 403
 * </ul>
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html">Lambda
 *     REQUEST authorizers for WebSocket APIs</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html">Output
 *     from a Lambda authorizer</a>
 */
final class Authorizer {

    /** The authorizer's decision. */
    sealed interface Authorization {

        /**
         * The handshake continues with {@code $connect}.
         *
         * @param context the {@code requestContext.authorizer} of every event of the connection
         */
        record Allowed(Map<String, Object> context) implements Authorization {}

        /** The client gets this response. */
        record Refused(HandshakeRefusal refusal) implements Authorization {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(Authorizer.class);

    private final LambdaInvoker<Map<String, Object>, IamPolicyResponse> function;
    private final Set<String> identitySources;
    private final WebSocketEvents events;

    Authorizer(
            LambdaInvoker<Map<String, Object>, IamPolicyResponse> function,
            Set<String> identitySources,
            WebSocketEvents events) {
        this.function = function;
        this.identitySources = Set.copyOf(identitySources);
        this.events = events;
    }

    Authorization authorize(ConnectionFacts connection, Handshake handshake) {
        if (!hasIdentity(handshake)) {
            return new Authorization.Refused(HandshakeRefusal.UNAUTHORIZED);
        }
        return switch (function.invoke(events.authorize(connection, handshake))) {
            case Outcome.Returned<IamPolicyResponse>(Optional<IamPolicyResponse> response) ->
                    response.map(this::evaluate).orElseGet(() -> misconfigured("returned nothing"));
            case Outcome.Threw<IamPolicyResponse>(Throwable cause) -> failed(cause);
            case Outcome.TimedOut<IamPolicyResponse>() -> misconfigured("did not respond in time");
        };
    }

    private boolean hasIdentity(Handshake handshake) {
        return identitySources.stream()
                .map(IdentitySource::parse)
                .allMatch(source -> source.isIn(handshake));
    }

    private Authorization evaluate(IamPolicyResponse response) {
        try {
            return PolicyDecision.allows(policyOf(response), events.connectArn())
                    ? new Authorization.Allowed(contextOf(response))
                    : new Authorization.Refused(HandshakeRefusal.DENIED);
        } catch (IllegalArgumentException incomplete) {
            return misconfigured("returned " + incomplete.getMessage());
        }
    }

    /** The library's getter throws an exception if there is no document. */
    private static Map<String, Object> policyOf(IamPolicyResponse response) {
        try {
            return response.getPolicyDocument();
        } catch (NullPointerException absent) {
            throw new IllegalArgumentException("no policy document", absent);
        }
    }

    /** Returns {@code principalId} and the context's values, each as a string. */
    private static Map<String, Object> contextOf(IamPolicyResponse response) {
        Map<String, Object> context = new LinkedHashMap<>();
        Map<String, Object> own = response.getContext();
        if (own != null) {
            own.forEach((key, value) -> context.put(key, scalar(key, value)));
        }
        if (response.getPrincipalId() == null) {
            throw new IllegalArgumentException("no principalId");
        }
        context.put("principalId", response.getPrincipalId());
        return context;
    }

    private static String scalar(String key, Object value) {
        return switch (value) {
            case String text -> text;
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            default ->
                    throw new IllegalArgumentException(
                            "a context value that is not a string, number or boolean: " + key);
        };
    }

    private static Authorization failed(Throwable cause) {
        if ("Unauthorized".equals(cause.getMessage())) {
            return new Authorization.Refused(HandshakeRefusal.UNAUTHORIZED);
        }
        LOG.warn("the authorizer failed; the client gets 500", cause);
        return new Authorization.Refused(HandshakeRefusal.AUTHORIZER_FAILED);
    }

    private static Authorization misconfigured(String what) {
        LOG.warn("the authorizer {}; the client gets 500", what);
        return new Authorization.Refused(HandshakeRefusal.AUTHORIZER_FAILED);
    }
}
