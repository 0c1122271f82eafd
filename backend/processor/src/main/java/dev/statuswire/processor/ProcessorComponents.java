package dev.statuswire.processor;

import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.link.DynamoDbLinks;
import dev.statuswire.core.link.Links;
import dev.statuswire.core.settings.AwsClients;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.settings.PublicUrl;
import dev.statuswire.core.settings.StoreSettings;
import dev.statuswire.core.store.DueIndex;
import dev.statuswire.core.store.DynamoDbDueIndex;
import dev.statuswire.core.store.DynamoDbRequestStore;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.UnreadableItems;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.core.type.TypeEnvironments;
import dev.statuswire.processor.work.RequestRunner;
import dev.statuswire.processor.work.StepLinks;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.InvalidInputException;
import dev.statuswire.sdk.JsonConversion;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Creates the collaborators of this module's handlers from the environment of a Lambda function.
 */
final class ProcessorComponents {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessorComponents.class);

    private final Environment environment;
    private final StoreSettings settings;
    private final DynamoDbClient dynamoDb;
    private final UnreadableItems unreadable;
    private @Nullable RequestTypes types;

    ProcessorComponents(Environment environment) {
        this.environment = environment;
        this.settings = StoreSettings.from(environment);
        this.dynamoDb = AwsClients.dynamoDb(settings.endpoint());
        this.unreadable = new UnreadableItems(host().metrics());
    }

    TimeAndRandomness timeAndRandomness() {
        return TimeAndRandomness.real();
    }

    InstantSource clock() {
        return InstantSource.system();
    }

    FunctionHost host() {
        return FunctionHost.ofProcess();
    }

    Transitions transitions() {
        return new Transitions(settings.timing());
    }

    UnreadableItems unreadable() {
        return unreadable;
    }

    RequestStore store() {
        return new DynamoDbRequestStore(
                dynamoDb, settings.tables().requests(), transitions(), unreadable, clock());
    }

    DueIndex index() {
        return new DynamoDbDueIndex(dynamoDb, settings.tables().requests());
    }

    RequestTypes types() {
        if (types == null) {
            types = RequestTypes.load(environment);
            types.all().forEach(ProcessorComponents::prepare);
        }
        return types;
    }

    /**
     * Converts the example once, so that a snapshot contains the classes that convert inputs and
     * outputs, and the first request does not wait for them.
     */
    private static <I> void prepare(Definition<I> type) {
        try {
            JsonConversion.read(JsonConversion.write(type.example()), type.inputType());
        } catch (InvalidInputException misfit) {
            LOG.warn("the example of {} does not fit its own class", type.name(), misfit);
        }
    }

    RequestRunner runner() {
        return new RequestRunner(
                store(),
                transitions(),
                types(),
                new TypeEnvironments(environment, Map.of(DynamoDbClient.class, dynamoDb)),
                stepLinks(),
                host().metrics(),
                timeAndRandomness());
    }

    private StepLinks stepLinks() {
        var links =
                new Links(
                        new DynamoDbLinks(dynamoDb, settings.tables().links(), clock()),
                        store(),
                        transitions(),
                        new SecureRandom(),
                        clock());
        Optional<PublicUrl> publicUrl = PublicUrl.from(environment);
        return new StepLinks(links, () -> publicUrl);
    }

    /** If no queue is set, the sweeper alone offers due requests. */
    Timers timers() {
        return environment
                .text("STATUSWIRE_TIMERS_QUEUE")
                .<Timers>map(
                        queueUrl ->
                                new SqsTimers(
                                        SqsTimers.client(
                                                environment.uri("STATUSWIRE_SQS_ENDPOINT")),
                                        queueUrl,
                                        clock()))
                .orElse(Timers.NONE);
    }

    WorkerInvoker worker() {
        return new LambdaWorkerInvoker(
                LambdaWorkerInvoker.client(environment.uri("STATUSWIRE_LAMBDA_ENDPOINT")),
                environment.text("STATUSWIRE_WORKER_FUNCTION").orElse("statuswire-worker"));
    }
}
