package dev.statuswire.aws;

import dev.statuswire.aws.door.FrontDoor;
import dev.statuswire.core.transition.Timing;
import dev.statuswire.core.type.RequestTypes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * Statuswire on AWS, whole. Made in the order in which the parts need each other: where things are,
 * who may call, what is called, what calls it, who watches.
 */
final class StatuswireStack extends Stack {

    private static final int LONGEST_KEPT_DAYS = 14;

    StatuswireStack(Construct app, Options options, Artifacts artifacts) {
        this(app, options, artifacts, RequestTypes.load());
    }

    /**
     * Makes the stack for these request types.
     *
     * @param types whose schemas are the gateway's models
     */
    StatuswireStack(Construct app, Options options, Artifacts artifacts, RequestTypes types) {
        super(
                app,
                options.stackName(),
                StackProps.builder()
                        .description("Statuswire: submit work, watch it finish")
                        .tags(Map.of("statuswire", options.stage()))
                        .build());
        var tables = new Tables(this, options);
        var rest = new RestDoor(this, options);
        var live = new LiveApi(this, options);
        Login login = login(options);
        var page = new Page(this, options, rest, live, login);
        Map<String, String> oidc = login.open(page.origin());

        Queue onFailure = onFailure();
        var functions = new Functions(this, options, artifacts, tables, onFailure.getQueueArn());
        JavaFunction api = functions.api(apiEnvironment(options, oidc, rest, page));
        var guard = new Guard(login.authorizer(functions, oidc), login.scopes());
        rest.open(door(options, tables, login, types), tables, api, guard);
        JavaFunction handler = functions.live();
        JavaFunction ticketAuthorizer = functions.ticketAuthorizer();
        live.open(handler, ticketAuthorizer, rest.logsAreAllowed());
        var work = new Work(this, functions, tables, live, onFailure);
        new PageFiles(this, page.bucket(), artifacts.path(Artifacts.PAGE));
        new Operations(
                this,
                options,
                new Measured(
                        rest.api(),
                        live,
                        work,
                        Stream.concat(
                                        Stream.of(api, handler, ticketAuthorizer),
                                        Stream.of(
                                                work.processor(),
                                                work.worker(),
                                                work.sweeper(),
                                                work.notifier(),
                                                work.activityRecorder()))
                                .toList(),
                        onFailure));
        output("Url", page.origin() + "/", "The page and the API");
        output("CloudFrontHost", page.cloudFrontHost(), "What a domain of one's own points to");
        output("RequestsTable", tables.requests().getRef(), "For docs/operations.md");
        output("OnFailureQueue", onFailure.getQueueUrl(), "What could not be processed");
        if (login instanceof CognitoLogin cognito) {
            output("UserPool", cognito.userPoolId(), "Where people are added");
        }
    }

    private Login login(Options options) {
        return options.issuer()
                .<Login>map(issuer -> new OwnIssuerLogin(this, issuer))
                .orElseGet(() -> new CognitoLogin(this, options));
    }

    /** What mappings, the worker's asynchronous calls and the schedule could not get rid of. */
    private Queue onFailure() {
        Queue queue =
                Queue.Builder.create(this, "OnFailure")
                        .encryption(QueueEncryption.SQS_MANAGED)
                        .enforceSsl(true)
                        .retentionPeriod(software.amazon.awscdk.Duration.days(LONGEST_KEPT_DAYS))
                        .removalPolicy(RemovalPolicy.DESTROY)
                        .build();
        String reason = "It is where failures end up; people read it, see docs/operations.md.";
        Accepted.in(
                queue, Map.of("AwsSolutions-SQS3", reason, "Serverless-SQSRedrivePolicy", reason));
        return queue;
    }

    private static FrontDoor door(Options options, Tables tables, Login login, RequestTypes types) {
        Timing timing =
                new Timing(
                        Timing.DEFAULT.lease(),
                        Timing.DEFAULT.startGrace(),
                        Duration.ofDays(options.retentionDays()));
        return FrontDoor.of(types, timing, tables.requests().getRef(), login.owner());
    }

    private static Map<String, String> apiEnvironment(
            Options options, Map<String, String> oidc, RestDoor rest, Page page) {
        var environment = new HashMap<>(oidc);
        // CloudFront calls the API by the name that the gateway has for it.
        environment.put("STATUSWIRE_ALLOWED_HOSTS", rest.host());
        environment.put(
                "STATUSWIRE_ALLOWED_ORIGINS",
                Stream.concat(Stream.of(page.origin()), options.allowedOrigins().stream())
                        .collect(Collectors.joining(",")));
        environment.put("STATUSWIRE_LIVE_URL", "wss://" + page.host() + "/" + LiveApi.STAGE);
        return environment;
    }

    private void output(String name, String value, String description) {
        CfnOutput.Builder.create(this, name).value(value).description(description).build();
    }
}
