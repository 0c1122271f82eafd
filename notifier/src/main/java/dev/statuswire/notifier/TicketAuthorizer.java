package dev.statuswire.notifier;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse.PolicyDocument;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse.Statement;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.live.Tickets;
import dev.statuswire.core.live.Topic;
import dev.statuswire.core.settings.Environment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lambda {@code REQUEST} authorizer of the live API's {@code $connect} route. A client whose
 * query string has a ticket as {@value #TICKET} may connect as the ticket's owner, or as a watcher
 * of the only request that the ticket is for. Everything that the connection sends has that topic
 * in the authorizer's context. A ticket can be used once. The gateway responds to any other
 * handshake with 403, and with 500 while the database is unreachable.
 *
 * <p>The event is a map, because no class of the events library has both the {@code methodArn} and
 * the request context of a WebSocket. The event contains the ticket, so it is never logged.
 *
 * <p>Before a snapshot it receives a handshake with a ticket that was never issued, and denies it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html">Lambda
 *     REQUEST authorizers for WebSocket APIs</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html">Output
 *     from an authorizer</a>
 */
public final class TicketAuthorizer
        implements RequestHandler<Map<String, Object>, IamPolicyResponse> {

    /** The query string parameter that carries the ticket. */
    public static final String TICKET = "ticket";

    private static final Logger LOG = LoggerFactory.getLogger(TicketAuthorizer.class);

    private static final String DENIED_PRINCIPAL = "denied";

    /** Has the form of a ticket, but was never issued: tickets are random, so none is all zeros. */
    private static final String NEVER_ISSUED = "A".repeat(32);

    private final Tickets tickets;
    private final FunctionHost host;

    /** Creates the handler from the environment of the process, as Lambda does. */
    public TicketAuthorizer() {
        this(
                NotifierSettings.logged(Environment.ofProcess()).openTickets(),
                FunctionHost.ofProcess());
    }

    /** Creates the handler with all its collaborators. */
    public TicketAuthorizer(Tickets tickets, FunctionHost host) {
        this.tickets = tickets;
        this.host = host;
        host.beforeSnapshot(this, Map.of("queryStringParameters", Map.of(TICKET, NEVER_ISSUED)));
    }

    /**
     * Creates the handler from the given environment variables.
     *
     * @throws IllegalArgumentException if a setting has an invalid value
     */
    public static TicketAuthorizer of(Environment environment) {
        return new TicketAuthorizer(
                NotifierSettings.logged(environment).openTickets(), FunctionHost.ofProcess());
    }

    @Override
    public IamPolicyResponse handleRequest(Map<String, Object> event, Context context) {
        return host.handle(event, context, () -> decide(event));
    }

    private IamPolicyResponse decide(Map<String, Object> event) {
        String resource = String.valueOf(event.get("methodArn"));
        return ticket(event.get("queryStringParameters"))
                .flatMap(tickets::redeem)
                .map(topic -> allow(topic, resource))
                .orElseGet(() -> deny(resource));
    }

    private static Optional<String> ticket(@Nullable Object parameters) {
        return parameters instanceof Map<?, ?> byName && byName.get(TICKET) instanceof String ticket
                ? Optional.of(ticket)
                : Optional.empty();
    }

    private static IamPolicyResponse allow(Topic topic, String resource) {
        Map<String, Object> context =
                topic.requestId() == null
                        ? Map.of(LiveHandler.OWNER, topic.owner())
                        : Map.of(
                                LiveHandler.LINK_OWNER,
                                topic.owner(),
                                LiveHandler.LINK_REQUEST,
                                topic.requestId());
        return response(topic.owner(), IamPolicyResponse.ALLOW, resource, context);
    }

    private static IamPolicyResponse deny(String resource) {
        LOG.info("a ticket was missing, unknown, used or expired; denying the connection with 403");
        return response(DENIED_PRINCIPAL, IamPolicyResponse.DENY, resource, Map.of());
    }

    private static IamPolicyResponse response(
            String principal, String effect, String resource, Map<String, Object> context) {
        Statement statement =
                Statement.builder()
                        .withEffect(effect)
                        .withAction(IamPolicyResponse.EXECUTE_API_INVOKE)
                        .withResource(List.of(resource))
                        .withCondition(Map.of())
                        .build();
        return IamPolicyResponse.builder()
                .withPrincipalId(principal)
                .withPolicyDocument(
                        PolicyDocument.builder()
                                .withVersion(IamPolicyResponse.VERSION_2012_10_17)
                                .withStatement(List.of(statement))
                                .build())
                .withContext(context)
                .build();
    }
}
