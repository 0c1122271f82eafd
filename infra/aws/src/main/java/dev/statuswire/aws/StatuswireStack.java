package dev.statuswire.aws;

import dev.statuswire.aws.door.FrontDoor;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.type.RequestTypes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/**
 * Statuswire on AWS, whole. Made in the order in which the parts need each other: where things are,
 * who may call, what is called, what calls it, who watches.
 */
final class StatuswireStack extends Stack {

    StatuswireStack(Construct app, DeployOptions options, Artifacts artifacts) {
        this(app, options, artifacts, RequestTypes.load());
    }

    /**
     * Makes the stack for these request types.
     *
     * @param known those that the functions find; their schemas are the gateway's models
     */
    StatuswireStack(Construct app, DeployOptions options, Artifacts artifacts, RequestTypes known) {
        super(
                app,
                options.stackName(),
                StackProps.builder()
                        .description("Statuswire: submit work, watch it finish")
                        .tags(Map.of("statuswire", options.stage()))
                        .terminationProtection(!options.isForTrying())
                        .build());
        var tables = new StackTables(this, options);
        var rest = new RestApiResources(this, options);
        var live = new LiveApi(this, options);
        LoginProvider login = login(options);
        Optional<DirectPage> direct =
                options.cloudFront()
                        ? Optional.empty()
                        : Optional.of(new DirectPage(this, options, rest, live, login));
        PageSite site =
                direct.map(DirectPage::site)
                        .orElseGet(() -> behindCloudFront(options, rest, live, login));
        Map<String, String> oidc = login.open(site.url());

        var failures = new FailureDestinations(this, options);
        var functions = new Functions(this, options, artifacts, tables, failures);
        JavaFunction api = functions.api(apiEnvironment(options, oidc, rest, site));
        var guard = new MethodAuthorization(login.authorizer(functions, oidc), login.scopes());
        RequestTypes types = known.retire(options.retiredTypes());
        FrontDoor door = door(types, options, tables, login, site);
        rest.open(door, tables, api, guard);
        direct.ifPresent(page -> page.open(door.notFound()));
        JavaFunction handler = functions.live();
        JavaFunction ticketAuthorizer = functions.ticketAuthorizer();
        live.open(handler, ticketAuthorizer, rest.logsAreAllowed());
        var work = new ProcessingFunctions(this, functions, tables, live, failures);
        acceptLast(api, rest, List.of(work.processor, work.worker, work.notifier));
        new PageUpload(
                this,
                site,
                artifacts.path(Artifacts.PAGE),
                PublicDocuments.of(types, oidc, artifacts),
                rest.deployed());
        var operations =
                new OperationsDashboard(
                        this,
                        options,
                        new StackMetrics(
                                options,
                                live,
                                work,
                                ticketAuthorizer,
                                Stream.concat(
                                                Stream.of(api, handler, ticketAuthorizer),
                                                work.functions())
                                        .toList(),
                                tables,
                                failures,
                                rest.authorizerErrors(),
                                site.distributionId()));
        new DailyKeepActive(
                this, functions.all().stream().filter(it -> it != work.sweeper).toList());
        if (options.isGradual()) {
            new Rollout(this, functions.all(), operations.alarms().ofRelease());
        }
        options.budget().ifPresent(budget -> new CostBudget(this, options, budget));
        output("Url", site.url() + "/", "The page and the API");
        site.cloudFrontHost()
                .ifPresent(
                        host ->
                                output(
                                        "CloudFrontHost",
                                        host,
                                        "What a domain of one's own points to"));
        output(
                "ApiUrl",
                "https://" + rest.host() + "/" + options.stage(),
                "The API without CloudFront, for machine clients");
        output("RequestsTable", tables.requests().getRef(), "For docs/guide/operate.md");
        output("OnFailureQueue", failures.queue().getQueueUrl(), "Tells of what was not processed");
        output(
                "OnFailureRecords",
                failures.records().getBucketName(),
                "Keeps what was not processed, for 14 days");
        if (login instanceof CognitoLogin cognito) {
            output("UserPool", cognito.userPoolId(), "Where people are added");
            cognito.checkClientId()
                    .ifPresent(id -> output("CheckClient", id, "For ./deploy --check"));
        }
        LogGroups.complete(this);
    }

    /**
     * Deploys what accepts requests after what works on them and shows them, so that no type is
     * accepted before it is known.
     */
    private static void acceptLast(
            JavaFunction api, RestApiResources rest, List<JavaFunction> first) {
        for (JavaFunction function : first) {
            api.alias().getNode().addDependency(function.alias());
            rest.deployAfter(function.alias());
        }
    }

    private PageSite behindCloudFront(
            DeployOptions options, RestApiResources rest, LiveApi live, LoginProvider login) {
        Optional<Firewall> firewall =
                options.firewall() ? Optional.of(new Firewall(this, rest.api())) : Optional.empty();
        return new PageDistribution(this, options, rest, live, login, firewall).site();
    }

    private LoginProvider login(DeployOptions options) {
        return options.issuer()
                .<LoginProvider>map(issuer -> new OwnIssuerLogin(this, issuer))
                .orElseGet(() -> new CognitoLogin(this, options));
    }

    private static FrontDoor door(
            RequestTypes types,
            DeployOptions options,
            StackTables tables,
            LoginProvider login,
            PageSite site) {
        TransitionTiming timing =
                new TransitionTiming(
                        TransitionTiming.DEFAULT.lease(),
                        TransitionTiming.DEFAULT.startGrace(),
                        Duration.ofDays(options.retentionDays()));
        return FrontDoor.of(types, timing, tables.requests().getRef(), login.owner(), site.path());
    }

    private static Map<String, String> apiEnvironment(
            DeployOptions options, Map<String, String> oidc, RestApiResources rest, PageSite site) {
        var environment = new HashMap<>(oidc);
        // CloudFront calls the API by the name that the gateway has for it.
        environment.put("STATUSWIRE_ALLOWED_HOSTS", rest.host());
        environment.put(
                "STATUSWIRE_ALLOWED_ORIGINS",
                Stream.concat(Stream.of(site.origin()), options.allowedOrigins().stream())
                        .collect(Collectors.joining(",")));
        if (!options.retiredTypes().isEmpty()) {
            environment.put("STATUSWIRE_RETIRED_TYPES", String.join(",", options.retiredTypes()));
        }
        environment.put("STATUSWIRE_LIVE_URL", site.liveUrl());
        if (!site.path().isEmpty()) {
            // What is taken off every path before the API is called.
            environment.put("STATUSWIRE_PUBLIC_URL", site.url());
        }
        return environment;
    }

    private void output(String name, String value, String description) {
        CfnOutput.Builder.create(this, name).value(value).description(description).build();
    }
}
