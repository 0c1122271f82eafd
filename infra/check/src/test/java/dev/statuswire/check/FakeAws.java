package dev.statuswire.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.testing.FakeServices;
import dev.statuswire.core.testing.FakeServices.Call;
import dev.statuswire.core.testing.FakeServices.Reply;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/**
 * Fakes the AWS APIs for one stack with its alarms and its user pool. Records users, passwords and
 * their order; a login requires the latest password.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html">DescribeStacks</a>
 */
final class FakeAws implements AutoCloseable {

    private static final String STACK = "statuswire-dev";

    final Map<String, String> outputs = new TreeMap<>();
    final Map<String, String> alarms = new TreeMap<>();
    final Map<String, String> passwords = new ConcurrentHashMap<>();
    volatile String stackStatus = "CREATE_COMPLETE";
    volatile UnaryOperator<String> tokenOf = user -> "";
    private final FakeServices services = new FakeServices();

    FakeAws() {
        services.on("DescribeStacks", this::stack)
                .on("ListStackResources", _ -> resources())
                .on("DescribeAlarms", call -> alarms(call.form().values()))
                .on("AdminCreateUser", this::createUser)
                .on("AdminSetUserPassword", this::setPassword)
                .on("AdminInitiateAuth", call -> token(call.body().path("AuthParameters")))
                .on("AdminDeleteUser", this::deleteUser);
    }

    /** Returns the names of the called actions. */
    List<String> calls() {
        return services.calls().stream().map(Call::action).toList();
    }

    /** Returns a check of this stack. */
    StageCheck check(TestUser.Factory users) {
        return new StageCheck(
                here(CloudFormationClient.builder()).build(),
                here(CloudWatchClient.builder()).build(),
                here(CognitoIdentityProviderClient.builder()).build(),
                users);
    }

    private <B extends AwsClientBuilder<B, C>, C> B here(B builder) {
        URI endpoint = services.endpoint();
        return builder.endpointOverride(endpoint)
                .region(Region.EU_WEST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create());
    }

    private Reply stack(Call call) {
        String members =
                outputs.entrySet().stream()
                        .map(
                                output ->
                                        "<member><OutputKey>%s</OutputKey><OutputValue>%s</OutputValue></member>"
                                                .formatted(output.getKey(), output.getValue()))
                        .collect(Collectors.joining());
        return call.parameter("StackName").equals(STACK)
                ? Reply.stack(STACK, stackStatus, "<Outputs>" + members + "</Outputs>")
                : Reply.xmlError(400, "ValidationError", "There is no such stack");
    }

    private Reply resources() {
        String members =
                alarms.keySet().stream()
                        .map(
                                name ->
                                        "<member><ResourceType>AWS::CloudWatch::Alarm</ResourceType><PhysicalResourceId>%s</PhysicalResourceId></member>"
                                                .formatted(name))
                        .collect(Collectors.joining());
        return Reply.xml(
                "ListStackResources",
                """
                <StackResourceSummaries>\
                <member><ResourceType>AWS::SQS::Queue</ResourceType>\
                <PhysicalResourceId>https://sqs</PhysicalResourceId></member>%s\
                </StackResourceSummaries>\
                """
                        .formatted(members));
    }

    private Reply alarms(Collection<String> asked) {
        String members =
                alarms.entrySet().stream()
                        .filter(alarm -> asked.contains(alarm.getKey()))
                        .map(
                                alarm ->
                                        "<member><AlarmName>%s</AlarmName><StateValue>%s</StateValue></member>"
                                                .formatted(alarm.getKey(), alarm.getValue()))
                        .collect(Collectors.joining());
        return Reply.xml("DescribeAlarms", "<MetricAlarms>" + members + "</MetricAlarms>");
    }

    private Reply createUser(Call call) {
        String user = call.parameter("Username");
        return passwords.putIfAbsent(user, "temporary") == null
                ? Reply.json(200, "{\"User\":{\"Username\":\"" + user + "\"}}")
                : refusal("UsernameExistsException");
    }

    private Reply setPassword(Call call) {
        passwords.put(call.parameter("Username"), call.parameter("Password"));
        return Reply.json(200, "{}");
    }

    private Reply deleteUser(Call call) {
        passwords.remove(call.parameter("Username"));
        return Reply.json(200, "{}");
    }

    private Reply token(JsonNode credentials) {
        String user = credentials.path("USERNAME").asText();
        return credentials.path("PASSWORD").asText().equals(passwords.get(user))
                ? Reply.json(
                        200,
                        "{\"AuthenticationResult\":{\"AccessToken\":\"%s\"}}"
                                .formatted(tokenOf.apply(user)))
                : refusal("NotAuthorizedException");
    }

    private static Reply refusal(String type) {
        return Reply.json(400, "{\"__type\":\"%s\",\"message\":\"Refused.\"}".formatted(type));
    }

    @Override
    public void close() {
        services.close();
    }
}
