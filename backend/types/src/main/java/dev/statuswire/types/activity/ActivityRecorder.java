package dev.statuswire.types.activity;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.statuswire.core.activity.Activity;
import dev.statuswire.core.activity.ActivityLog;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.settings.AwsClients;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.settings.StoreSettings;
import dev.statuswire.core.store.StoreException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handler of the users table's stream. Writes every change to a user as one line to the log, and to
 * the activity table. Stops at the first record that it cannot write and reports it, so that this
 * record and the following ones are redelivered in order.
 *
 * <p>It receives no event before a snapshot, because no caller waits for it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">Partial
 *     batch response with a DynamoDB event source</a>
 */
public final class ActivityRecorder implements RequestHandler<DynamodbEvent, StreamsEventResponse> {

    private static final Logger LOG = LoggerFactory.getLogger(ActivityRecorder.class);

    private final ActivityLog activities;
    private final FunctionHost host;

    /** Creates the handler from the environment of the process. Lambda calls this constructor. */
    public ActivityRecorder() {
        this(activityLog(Environment.ofProcess()), FunctionHost.ofProcess());
    }

    /** Creates the handler with its dependencies. */
    public ActivityRecorder(ActivityLog activities, FunctionHost host) {
        this.activities = activities;
        this.host = host;
    }

    /**
     * Creates the handler from the given variables.
     *
     * @throws IllegalArgumentException if a setting has an invalid value
     */
    public static ActivityRecorder of(Environment environment) {
        return new ActivityRecorder(activityLog(environment), FunctionHost.ofProcess());
    }

    private static ActivityLog activityLog(Environment environment) {
        StoreSettings settings = StoreSettings.from(environment);
        return new ActivityLog(
                AwsClients.dynamoDb(settings.endpoint()),
                settings.tables().activity(),
                InstantSource.system());
    }

    @Override
    public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
        return host.handle(event, context, () -> recordAll(event));
    }

    private StreamsEventResponse recordAll(DynamodbEvent event) {
        var failures = new ArrayList<BatchItemFailure>();
        for (DynamodbStreamRecord change : event.getRecords()) {
            if (!record(change)) {
                failures.add(new BatchItemFailure(change.getDynamodb().getSequenceNumber()));
                break;
            }
        }
        return new StreamsEventResponse(List.copyOf(failures));
    }

    private boolean record(DynamodbStreamRecord change) {
        Optional<Activity> activity = UserChangeReader.read(change);
        try {
            activity.ifPresent(this::record);
            return true;
        } catch (StoreException failed) {
            LOG.warn("{}; the record will be redelivered", failed.getMessage(), failed);
            return false;
        }
    }

    private void record(Activity activity) {
        activities.add(activity);
        if (LOG.isInfoEnabled()) {
            LOG.info("user activity {}", Json.write(activity.toJson()));
        }
    }
}
