package dev.statuswire.aws.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.core.live.Topic;
import dev.statuswire.notifier.connections.DynamoDbConnectionStore;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Checks that the roles allow every call that functions and integrations make while the stack
 * works, and that there is a reason for each permission that no call needs.
 */
final class RolesTest {

    /**
     * The reasons for permissions that no recorded call needs, by a pattern of caller, action and
     * resource.
     */
    private static final Map<String, String> REASONS =
            Map.ofEntries(
                    Map.entry(".* (logs|xray):.*", "Lambda writes logs and traces"),
                    Map.entry(
                            ".* dynamodb:\\w+ .*/stream/\\*",
                            "an event source mapping reads the stream"),
                    Map.entry(
                            "FunctionsTimer\\w+"
                                    + " sqs:(ReceiveMessage|DeleteMessage|GetQueueAttributes) .*",
                            "an event source mapping reads the queue"),
                    Map.entry(
                            ".* s3:(PutObject|ListBucket) .*",
                            "Lambda stores the records that a mapping discards"),
                    Map.entry(
                            "FunctionsTicketAuthorizer\\w+ dynamodb:Query .*",
                            "the call is made before the snapshot"),
                    Map.entry(
                            "FunctionsApi\\w+ dynamodb:Query .*/index/due",
                            "the requests of an owner are counted after every hundredth"
                                    + " submission"),
                    Map.entry(
                            "FunctionsProcessor\\w+ dynamodb:GetItem .*TablesRequests[^/]*",
                            "a write whose response was lost is read back"),
                    Map.entry(
                            "FunctionsSweeper\\w+ dynamodb:Query .*",
                            "the query is for an index of more than one page"),
                    Map.entry(
                            "FunctionsTimer\\w+ sqs:SendMessage .*",
                            "a timer that fires before its request is due is set again"),
                    Map.entry(
                            "Functions(Worker|Processor)\\w+ dynamodb:\\w+ .*TablesUsers.*",
                            "quick and slow steps may use the users table"),
                    Map.entry(
                            "Functions(Worker|Processor)\\w+ dynamodb:(PutItem|Query) .*TablesLinks.*",
                            "the steps of other types may create links"),
                    Map.entry(
                            "FunctionsWorker\\w+ dynamodb:\\w+ .*TablesBookings.*",
                            "slow steps may use the bookings table"),
                    Map.entry(
                            "FunctionsNotifier\\w+ execute-api:ManageConnections .*/DELETE/.*",
                            "the connection of a page that cannot keep up is closed"));

    private static Set<RequiredPermission> needs;
    private static Template template;

    @BeforeAll
    static void useEverything() {
        for (Probe probe : Probe.values()) {
            assertThat(ShippedStack.wrong(probe)).as("%s", probe).isEmpty();
        }
        ProbedStack probed = ShippedStack.probed();
        ApiClient client = probed.client();
        post(client);
        retryAndCancel(client, probed);
        answerUndoAndDelete(client, probed);
        useLinks(client, probed);
        loseAPage(client, probed);
        needs =
                probed.stack().calls().stream()
                        .flatMap(RequiredPermission::of)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        template = probed.stack().template();
    }

    private static void post(ApiClient client) {
        String order = order("{\"cookMillis\":0}");
        assertThat(client.postJson("/requests", order).status()).isEqualTo(202);
        for (int i = 0; i < 2; i++) {
            assertThat(client.postJson("/requests", order, "Idempotency-Key", "roles").status())
                    .isBetween(200, 202);
        }
    }

    /** A step that fails at first waits for a timer; a step that fails permanently is retried. */
    private static void retryAndCancel(ApiClient client, ProbedStack probed) {
        String waits = submitted(client, "{\"failStep\":\"cook\"}");
        probed.await(waits + " succeeds", () -> status(client, waits).equals("SUCCEEDED"));
        String failing = submitted(client, "{\"reject\":true}");
        probed.await(failing + " fails", () -> status(client, failing).equals("FAILED"));
        assertThat(client.post("/requests/" + failing + "/retry").status()).isEqualTo(202);
        String slow = submitted(client, "{\"cookMillis\":600000}");
        probed.await(slow + " runs", () -> status(client, slow).equals("RUNNING"));
        assertThat(client.post("/requests/" + slow + "/cancel").status()).isEqualTo(202);
        probed.await(slow + " ends", () -> status(client, slow).equals("CANCELLED"));
    }

    /** A claim waits for its approval, and the bookings of a trip without a car are released. */
    private static void answerUndoAndDelete(ApiClient client, ProbedStack probed) {
        String claim =
                submittedBody(
                        client,
                        """
                        {"type":"expense-claim","input":
                         {"amount":250,"currency":"EUR","purpose":"Chair"}}
                        """);
        probed.await(claim + " waits", () -> status(client, claim).equals("WAITING"));
        String answer = "{\"step\":\"approve\",\"answer\":{\"approved\":true}}";
        assertThat(client.postJson("/requests/" + claim + "/answer", answer).status())
                .isEqualTo(202);
        probed.await(claim + " ends", () -> status(client, claim).equals("SUCCEEDED"));
        assertThat(client.send("DELETE", "/requests/" + claim, null).status()).isEqualTo(204);
        String trip =
                submittedBody(
                        client,
                        """
                        {"type":"book-trip","input":{"from":"Berlin","to":"Lisbon","nights":3,
                         "simulate":{"failStep":"car"}}}
                        """);
        probed.await(trip + " ends", () -> status(client, trip).equals("FAILED"));
    }

    private static String submittedBody(ApiClient client, String body) {
        String id = ApiClient.newId();
        assertThat(client.putJson("/requests/" + id, body).status()).isEqualTo(202);
        return id;
    }

    /** A claim is shared, and its links are deleted with it. */
    private static void useLinks(ApiClient client, ProbedStack probed) {
        String id = submitted(client, "{\"cookMillis\":0}");
        String links = "/requests/" + id + "/links";
        JsonNode link = client.postJson(links, "{\"scope\":\"watch\"}").json();
        String url = link.path("url").asText();
        String path = "/links/" + url.substring(url.lastIndexOf('/') + 1);
        assertThat(client.get(path + "/status").status()).isEqualTo(200);
        assertThat(client.post(path + "/tickets").status()).isEqualTo(201);
        assertThat(client.postJson(links, "{\"scope\":\"answer\"}").status()).isEqualTo(201);
        String revoked = links + "/" + link.path("linkId").asText();
        assertThat(client.send("DELETE", revoked, null).status()).isEqualTo(204);
        probed.await(id + " ends", () -> status(client, id).equals("SUCCEEDED"));
        assertThat(client.send("DELETE", "/requests/" + id, null).status()).isEqualTo(204);
        probed.await(
                "the links are deleted",
                () ->
                        probed.stack().calls().stream()
                                .filter(it -> it.caller().startsWith("FunctionsNotifier"))
                                .anyMatch(it -> isDeletionOfLink(it)));
    }

    private static boolean isDeletionOfLink(CallRecorder.RecordedCall call) {
        return call.action().equals("DeleteItem") && call.toString().contains("TablesLinks");
    }

    /** The gateway no longer knows the page's connection, and the notifier detects that. */
    private static void loseAPage(ApiClient client, ProbedStack probed) {
        new DynamoDbConnectionStore(
                        Database.client(),
                        probed.table("TablesConnections"),
                        Integer.MAX_VALUE,
                        InstantSource.system())
                .subscribe(Topic.ofOwner("local"), "L0SM9cOFvHcCIhw=");
        String id = submitted(client, "{\"cookMillis\":0}");
        probed.await(id + " ends", () -> status(client, id).equals("SUCCEEDED"));
        probed.await(
                "the connection is forgotten",
                () ->
                        probed.stack().calls().stream()
                                .filter(it -> it.action().equals("DeleteItem"))
                                .anyMatch(it -> it.caller().startsWith("FunctionsNotifier")));
    }

    private static String submitted(ApiClient client, String simulate) {
        String id = ApiClient.newId();
        Answer answer = client.putJson("/requests/" + id, order(simulate));
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return id;
    }

    private static String order(String simulate) {
        return "{\"type\":\"place-order\",\"input\":{\"dish\":\"soup\",\"quantity\":1,\"simulate\":"
                + simulate
                + "}}";
    }

    private static String status(ApiClient client, String id) {
        return client.get("/status/" + id).json().path("status").asText();
    }

    @Test
    void each_call_is_allowed_by_the_role_of_its_caller() {
        assertThat(needs).hasSizeGreaterThan(15);
        assertThat(refused(template)).isEmpty();
    }

    /** Removing any permission that a call needs makes the check above fail. */
    @Test
    void removing_any_required_permission_is_detected() {
        for (String action : needs.stream().map(RequiredPermission::action).distinct().toList()) {
            ObjectNode edited = template.json();
            edited.path("Resources")
                    .properties()
                    .forEach(it -> take(action, it.getValue().at("/Properties/Policies")));

            assertThat(refused(new Template(edited, template.suffix())))
                    .as(action)
                    .containsAll(needs.stream().filter(it -> it.action().equals(action)).toList());
        }
    }

    private static void take(String action, JsonNode policies) {
        policies.findValues("Action")
                .forEach(
                        actions -> {
                            if (actions instanceof ArrayNode several) {
                                several.removeIf(it -> it.asText().equals(action));
                            }
                        });
        policies.findParents("Action").stream()
                .filter(it -> it.path("Action").asText().equals(action))
                .forEach(it -> ((ObjectNode) it).put("Effect", "Deny"));
    }

    @Test
    void permission_that_no_call_needs_has_a_reason() {
        Set<String> unused =
                allowed()
                        .filter(it -> needs.stream().noneMatch(need -> isFor(it, need)))
                        .map(it -> it.caller() + " " + it.action() + " " + it.resource())
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(unused)
                .allSatisfy(
                        it -> assertThat(REASONS.keySet()).anyMatch(reason -> it.matches(reason)));
    }

    private static boolean isFor(RequiredPermission allowed, RequiredPermission need) {
        return allowed.caller().equals(need.caller())
                && allowed.action().equals(need.action())
                && Policies.wildcards(allowed.resource()).matcher(need.resource()).matches();
    }

    private static List<RequiredPermission> refused(Template edited) {
        var policies = new Policies(edited);
        return needs.stream()
                .filter(
                        it ->
                                !policies.allows(
                                        roleOf(edited, it.caller()),
                                        isFunction(edited, it.caller())
                                                ? "lambda.amazonaws.com"
                                                : "apigateway.amazonaws.com",
                                        it.action(),
                                        it.resource()))
                .toList();
    }

    private static boolean isFunction(Template of, String caller) {
        return of.all("AWS::Lambda::Function").stream().anyMatch(it -> it.id().equals(caller));
    }

    private static String roleOf(Template of, String caller) {
        return of.all("AWS::Lambda::Function").stream()
                .filter(it -> it.id().equals(caller))
                .map(it -> it.text("Role"))
                .findFirst()
                .orElse("arn:aws:iam::" + PhysicalNames.ACCOUNT + ":role/" + caller);
    }

    /** Returns everything that the roles of the stack's functions allow. */
    private static Stream<RequiredPermission> allowed() {
        return template.all("AWS::Lambda::Function").stream()
                .filter(it -> it.text("Handler").startsWith("dev.statuswire."))
                .flatMap(
                        function ->
                                template.named("AWS::IAM::Role", "Arn", function.text("Role"))
                                        .get("Policies")
                                        .valueStream()
                                        .flatMap(
                                                it ->
                                                        it.at("/PolicyDocument/Statement")
                                                                .valueStream())
                                        .flatMap(it -> allowed(function.id(), it)));
    }

    private static Stream<RequiredPermission> allowed(String caller, JsonNode statement) {
        return Policies.each(statement.path("Action"))
                .flatMap(
                        action ->
                                Policies.each(statement.path("Resource"))
                                        .map(
                                                resource ->
                                                        new RequiredPermission(
                                                                caller, action, resource)));
    }
}
