package dev.statuswire.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.live.DynamoDbTickets;
import dev.statuswire.core.live.Tickets;
import dev.statuswire.core.live.Topic;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.testing.ConnectionTables;
import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.notifier.testing.Contexts;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

final class TicketAuthorizerTest {

    @RegisterExtension static final DynamoDbLocal DATABASE = new DynamoDbLocal();

    private static final String ARN =
            "arn:aws:execute-api:eu-west-1:123456789012:api/live/$connect";

    private final String table = ConnectionTables.create(DATABASE);
    private final Tickets tickets = tickets(DATABASE.client());
    private final TicketAuthorizer authorizer = new TicketAuthorizer(tickets, FunctionHost.NONE);

    private Tickets tickets(DynamoDbClient client) {
        return new DynamoDbTickets(client, table, new SecureRandom(), new ManualClock());
    }

    @Test
    void a_client_with_a_ticket_may_connect_as_its_owner() {
        IamPolicyResponse response = ask(tickets.issue(Topic.ofOwner("ann")).value());

        assertThat(effect(response)).isEqualTo("Allow");
        assertThat(response.getPrincipalId()).isEqualTo("ann");
        assertThat(response.getContext()).isEqualTo(Map.of("owner", "ann"));
    }

    @Test
    void a_client_with_a_ticket_of_a_link_may_watch_its_request_only() {
        var topic = Topic.ofRequest(new RequestKey("ann", "request-1"));

        IamPolicyResponse response = ask(tickets.issue(topic).value());

        assertThat(effect(response)).isEqualTo("Allow");
        assertThat(response.getContext())
                .isEqualTo(Map.of("linkOwner", "ann", "linkRequest", "request-1"));
    }

    @Test
    void a_policy_allows_this_call_only() {
        IamPolicyResponse response = ask(tickets.issue(Topic.ofOwner("ann")).value());

        assertThat(response.getPolicyDocument()).containsEntry("Version", "2012-10-17");
        assertThat(statement(response).get("Action")).isEqualTo("execute-api:Invoke");
        assertThat(statement(response).get("Resource")).isEqualTo(new String[] {ARN});
    }

    @Test
    void a_used_ticket_is_denied() {
        String ticket = tickets.issue(Topic.ofOwner("ann")).value();
        ask(ticket);

        assertThat(effect(ask(ticket))).isEqualTo("Deny");
        assertThat(ask(ticket).getContext()).isEmpty();
    }

    @Test
    void a_missing_or_invalid_ticket_is_denied() {
        assertThat(effect(ask("nonsense"))).isEqualTo("Deny");
        assertThat(effect(ask(Map.of("methodArn", ARN)))).isEqualTo("Deny");
        assertThat(
                        effect(
                                ask(
                                        Map.of(
                                                "methodArn",
                                                ARN,
                                                "queryStringParameters",
                                                Map.of("other", "x")))))
                .isEqualTo("Deny");
    }

    @Test
    void an_unreachable_database_throws_so_that_the_gateway_responds_with_500() {
        var dead = new TicketAuthorizer(tickets(ConnectionTables.outOfReach()), FunctionHost.NONE);

        assertThatThrownBy(() -> dead.handleRequest(event("A".repeat(32)), Contexts.NONE))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void tickets_are_never_logged() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger ours = (Logger) LoggerFactory.getLogger("dev.statuswire");
        Level before = ours.getLevel();
        ours.setLevel(Level.TRACE);
        ours.addAppender(log);
        log.start();
        String ticket = tickets.issue(Topic.ofOwner("ann")).value();
        ask(ticket);
        ask(ticket);
        ours.detachAppender(log);
        ours.setLevel(before);

        assertThat(log.list).isNotEmpty();
        assertThat(log.list).noneMatch(event -> event.getFormattedMessage().contains(ticket));
    }

    private IamPolicyResponse ask(String ticket) {
        return ask(event(ticket));
    }

    private IamPolicyResponse ask(Map<String, Object> event) {
        return authorizer.handleRequest(event, Contexts.NONE);
    }

    private static Map<String, Object> event(String ticket) {
        return Map.of("methodArn", ARN, "queryStringParameters", Map.of("ticket", ticket));
    }

    private static Object effect(IamPolicyResponse response) {
        return Objects.requireNonNull(statement(response).get("Effect"));
    }

    private static Map<?, ?> statement(IamPolicyResponse response) {
        Object statements = response.getPolicyDocument().get("Statement");
        return (Map<?, ?>) ((Object[]) Objects.requireNonNull(statements))[0];
    }
}
