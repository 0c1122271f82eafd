package dev.statuswire.api.function;

import dev.statuswire.api.ApiDependencies;
import dev.statuswire.api.ApiSettings;
import dev.statuswire.api.AsyncApi;
import dev.statuswire.api.Persistence;
import dev.statuswire.api.identity.Authentication;
import dev.statuswire.api.operate.PrometheusMetrics;
import dev.statuswire.core.activity.ActivityLog;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.link.DynamoDbLinks;
import dev.statuswire.core.link.Links;
import dev.statuswire.core.live.DynamoDbTickets;
import dev.statuswire.core.settings.AwsClients;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.settings.StoreSettings;
import dev.statuswire.core.store.DynamoDbDueIndex;
import dev.statuswire.core.store.DynamoDbRequestStore;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.UnreadableItems;
import dev.statuswire.core.time.SteadyClock;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.identity.AccessTokenVerifier;
import dev.statuswire.identity.OidcSettings;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Creates the API from the environment of a Lambda function. */
final class ApiFactory {

    private static final Logger LOG = LoggerFactory.getLogger(ApiFactory.class);

    private final Environment environment;
    private final StoreSettings settings;
    private final DynamoDbClient dynamoDb;
    private final UnreadableItems unreadable;
    private final RequestTypes types;

    ApiFactory(Environment environment) {
        this.environment = environment;
        this.settings = StoreSettings.from(environment);
        this.dynamoDb = AwsClients.dynamoDb(settings.endpoint());
        this.unreadable = new UnreadableItems(FunctionHost.ofProcess().metrics());
        this.types = RequestTypes.load(environment);
    }

    /**
     * Creates the API. On AWS it records no metrics of its own, so {@code /metrics} has only the
     * JVM's. No call waits for a change, because it would occupy an invocation for up to 20 s, and
     * nothing could limit the number of waiting calls across all execution environments.
     */
    AsyncApi api() {
        ApiSettings api = ApiSettings.from(environment).withoutWaiting();
        LOG.info("starting with {} and {}", api, settings);
        return new AsyncApi(
                new Persistence(
                        store(),
                        new DynamoDbDueIndex(dynamoDb, settings.tables().requests()),
                        transitions(),
                        links(),
                        unreadable),
                types,
                dependencies(),
                new PrometheusMetrics(),
                api);
    }

    private ApiDependencies dependencies() {
        var tickets =
                new DynamoDbTickets(
                        dynamoDb,
                        settings.tables().connections(),
                        new SecureRandom(),
                        InstantSource.system());
        var activity =
                new ActivityLog(dynamoDb, settings.tables().activity(), InstantSource.system());
        return new ApiDependencies(
                identity(),
                tickets::issue,
                activity::of,
                Map.of(),
                List::of,
                TimeAndRandomness.real());
    }

    /**
     * Creates the authentication of callers. The function is reachable from the internet, so it
     * does not start without an issuer: every caller would be the same owner.
     */
    private Authentication identity() {
        OidcSettings issuer =
                OidcSettings.from(environment)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "STATUSWIRE_OIDC_ISSUER is not set; without it"
                                                        + " every caller would see all requests"));
        return Authentication.of(
                issuer,
                AccessTokenVerifier.Keys.STANDARD,
                InstantSource.system(),
                SteadyClock.OF_PROCESS);
    }

    private Links links() {
        return new Links(
                new DynamoDbLinks(dynamoDb, settings.tables().links(), InstantSource.system()),
                store(),
                transitions(),
                new SecureRandom(),
                InstantSource.system());
    }

    private Transitions transitions() {
        return new Transitions(settings.timing());
    }

    private RequestStore store() {
        return new DynamoDbRequestStore(
                dynamoDb,
                settings.tables().requests(),
                transitions(),
                unreadable,
                InstantSource.system());
    }
}
