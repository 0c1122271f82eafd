package dev.statuswire.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/**
 * One stack with its alarms and its user pool, as the services' APIs tell of them. Users, passwords
 * and their order are kept; a login needs the password that was set last.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html">DescribeStacks</a>
 */
final class FakeAws implements AutoCloseable {

    private static final String COGNITO = "AWSCognitoIdentityProviderService.";

    final Map<String, String> outputs = new TreeMap<>();
    final Map<String, String> alarms = new TreeMap<>();
    final Map<String, String> passwords = new ConcurrentHashMap<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile String stackStatus = "CREATE_COMPLETE";
    volatile UnaryOperator<String> tokenOf = user -> "";
    private final HttpServer server;

    FakeAws() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** A check of that stack. */
    StageCheck check(TestUser.Maker users) {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        var nobody = AnonymousCredentialsProvider.create();
        return new StageCheck(
                CloudFormationClient.builder()
                        .endpointOverride(endpoint)
                        .region(Region.EU_WEST_1)
                        .credentialsProvider(nobody)
                        .build(),
                CloudWatchClient.builder()
                        .endpointOverride(endpoint)
                        .region(Region.EU_WEST_1)
                        .credentialsProvider(nobody)
                        .build(),
                CognitoIdentityProviderClient.builder()
                        .endpointOverride(endpoint)
                        .region(Region.EU_WEST_1)
                        .credentialsProvider(nobody)
                        .build(),
                users);
    }

    private void answer(HttpExchange call) throws IOException {
        String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String target = call.getRequestHeaders().getFirst("X-Amz-Target");
        if (target == null) {
            Map<String, String> form = form(body);
            String action = form.getOrDefault("Action", "");
            calls.add(action);
            send(call, form, action);
        } else {
            String action = target.substring(COGNITO.length());
            calls.add(action);
            String answer = cognito(action, Answer.JSON.readTree(body));
            send(call, answer.contains("__type") ? 400 : 200, answer);
        }
    }

    private void send(HttpExchange call, Map<String, String> form, String action)
            throws IOException {
        switch (action) {
            case "DescribeStacks" -> {
                if (form.getOrDefault("StackName", "").equals("statuswire-dev")) {
                    send(call, 200, stack());
                } else {
                    send(call, 400, error("ValidationError", "There is no such stack"));
                }
            }
            case "ListStackResources" -> send(call, 200, resources());
            case "DescribeAlarms" -> send(call, 200, alarms(form.values()));
            default -> send(call, 400, error("InvalidAction", action));
        }
    }

    private static Map<String, String> form(String body) {
        return Arrays.stream(body.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(
                        Collectors.toMap(
                                pair -> pair[0],
                                pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private String stack() {
        String members =
                outputs.entrySet().stream()
                        .map(
                                output ->
                                        "<member><OutputKey>%s</OutputKey><OutputValue>%s</OutputValue></member>"
                                                .formatted(output.getKey(), output.getValue()))
                        .collect(Collectors.joining());
        return """
        <DescribeStacksResponse><DescribeStacksResult><Stacks><member>\
        <StackName>statuswire-dev</StackName><StackStatus>%s</StackStatus>\
        <CreationTime>2026-01-01T00:00:00Z</CreationTime><Outputs>%s</Outputs>\
        </member></Stacks></DescribeStacksResult></DescribeStacksResponse>"""
                .formatted(stackStatus, members);
    }

    private String resources() {
        String members =
                alarms.keySet().stream()
                        .map(
                                name ->
                                        "<member><ResourceType>AWS::CloudWatch::Alarm</ResourceType><PhysicalResourceId>%s</PhysicalResourceId></member>"
                                                .formatted(name))
                        .collect(Collectors.joining());
        return """
        <ListStackResourcesResponse><ListStackResourcesResult><StackResourceSummaries>\
        <member><ResourceType>AWS::SQS::Queue</ResourceType>\
        <PhysicalResourceId>https://sqs</PhysicalResourceId></member>%s\
        </StackResourceSummaries></ListStackResourcesResult></ListStackResourcesResponse>"""
                .formatted(members);
    }

    private String alarms(Collection<String> asked) {
        String members =
                alarms.entrySet().stream()
                        .filter(alarm -> asked.contains(alarm.getKey()))
                        .map(
                                alarm ->
                                        "<member><AlarmName>%s</AlarmName><StateValue>%s</StateValue></member>"
                                                .formatted(alarm.getKey(), alarm.getValue()))
                        .collect(Collectors.joining());
        return """
        <DescribeAlarmsResponse><DescribeAlarmsResult><MetricAlarms>%s</MetricAlarms>\
        </DescribeAlarmsResult></DescribeAlarmsResponse>"""
                .formatted(members);
    }

    private static String error(String code, String message) {
        return """
        <ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error>\
        </ErrorResponse>"""
                .formatted(code, message);
    }

    private String cognito(String action, JsonNode input) {
        String user = input.path("Username").asText();
        return switch (action) {
            case "AdminCreateUser" ->
                    passwords.putIfAbsent(user, "temporary") == null
                            ? "{\"User\":{\"Username\":\"" + user + "\"}}"
                            : refusal("UsernameExistsException");
            case "AdminSetUserPassword" -> {
                passwords.put(user, input.path("Password").asText());
                yield "{}";
            }
            case "AdminInitiateAuth" -> token(input.path("AuthParameters"));
            case "AdminDeleteUser" -> {
                passwords.remove(user);
                yield "{}";
            }
            default -> refusal("InvalidParameterException");
        };
    }

    private String token(JsonNode credentials) {
        String user = credentials.path("USERNAME").asText();
        return credentials.path("PASSWORD").asText().equals(passwords.get(user))
                ? "{\"AuthenticationResult\":{\"AccessToken\":\"" + tokenOf.apply(user) + "\"}}"
                : refusal("NotAuthorizedException");
    }

    private static String refusal(String type) {
        return "{\"__type\":\"" + type + "\",\"message\":\"Refused.\"}";
    }

    private static void send(HttpExchange call, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(status, bytes.length);
        try (var out = call.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
