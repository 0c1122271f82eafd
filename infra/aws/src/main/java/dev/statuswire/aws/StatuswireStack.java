package dev.statuswire.aws;

import dev.statuswire.aws.door.RequestIntegrations;
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
 * The stack with all of Statuswire. Creates the resources in the order of their dependencies:
 * addresses, authentication, functions, what invokes the functions, alarms.
 */
final class StatuswireStack extends Stack {

    /**
     * Creates the stack for these request types.
     *
     * @param known the types that the functions find; their schemas become models of API Gateway
     */
    StatuswireStack(Construct app, DeployOptions options, Artifacts artifacts, RequestTypes known) {
        super(
                app,
                options.stackName(),
                StackProps.builder()
                        .description("Statuswire: submit work, watch it finish")
                        .tags(Map.of("statuswire", options.stage()))
                        .terminationProtection(!options.isTrial())
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
        RequestIntegrations door = door(types, options, tables, login, site);
        rest.open(door, tables, api, guard);
        direct.ifPresent(page -> page.open(door.notFound()));
        JavaFunction handler = functions.live();
        JavaFunction ticketAuthorizer = functions.ticketAuthorizer();
        live.open(handler, ticketAuthorizer, rest.logsAreAllowed());
        var work = new ProcessingFunctions(this, functions, tables, live, site.url(), failures);
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
        new SnapshotKeepAlive(
                this, functions.all().stream().filter(it -> it != work.sweeper).toList());
        if (options.isGradual()) {
            new Rollout(this, functions.all(), operations.alarms().ofRelease());
        }
        options.budget().ifPresent(budget -> new CostBudget(this, options, budget));
        output("Url", site.url() + "/", "URL of the page and the API");
        site.cloudFrontHost()
                .ifPresent(
                        host ->
                                output(
                                        "CloudFrontHost",
                                        host,
                                        "Target of the DNS record of your own domain"));
        output(
                "ApiUrl",
                "https://" + rest.host() + "/" + options.stage(),
                "URL of the API without CloudFront, for machine clients");
        output(
                "RequestsTable",
                tables.requests().getRef(),
                "Name of the requests table; used by docs/guide/operate.md");
        output(
                "OnFailureQueue",
                failures.queue().getQueueUrl(),
                "URL of the queue of unprocessed records");
        output(
                "OnFailureRecords",
                failures.records().getBucketName(),
                "Bucket that keeps unprocessed records for 14 days");
        if (login instanceof CognitoLogin cognito) {
            output("UserPool", cognito.userPoolId(), "Id of the user pool to which you add users");
            cognito.checkClientId()
                    .ifPresent(
                            id ->
                                    output(
                                            "CheckClient",
                                            id,
                                            "Id of the app client for ./deploy --check"));
        }
        LogGroups.complete(this);
    }

    /**
     * Deploys the components that accept requests after those that process and show them, so that
     * no type is accepted before the others know it.
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

    private static RequestIntegrations door(
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
        return RequestIntegrations.of(
                types, timing, tables.requests().getRef(), login.owner(), site.path());
    }

    private static Map<String, String> apiEnvironment(
            DeployOptions options, Map<String, String> oidc, RestApiResources rest, PageSite site) {
        var environment = new HashMap<>(oidc);
        // CloudFront calls the API by the host name that API Gateway assigned.
        environment.put("STATUSWIRE_ALLOWED_HOSTS", rest.host());
        environment.put(
                "STATUSWIRE_ALLOWED_ORIGINS",
                Stream.concat(Stream.of(site.origin()), options.allowedOrigins().stream())
                        .collect(Collectors.joining(",")));
        if (!options.retiredTypes().isEmpty()) {
            environment.put("STATUSWIRE_RETIRED_TYPES", String.join(",", options.retiredTypes()));
        }
        environment.put("STATUSWIRE_LIVE_URL", site.liveUrl());
        environment.put(Functions.PUBLIC_URL, site.url());
        return environment;
    }

    private void output(String name, String value, String description) {
        CfnOutput.Builder.create(this, name).value(value).description(description).build();
    }
}
