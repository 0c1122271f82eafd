package dev.statuswire.aws.template;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.emulator.function.FunctionDefinition;
import dev.statuswire.emulator.mapping.EventSourceMapping;
import dev.statuswire.emulator.mapping.FailureDestination;
import dev.statuswire.emulator.mapping.MappingSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Emulates the event source mappings of a template that read streams. */
final class StreamMappings implements AutoCloseable {

    private static final List<String> READING =
            List.of(
                    "dynamodb:DescribeStream",
                    "dynamodb:GetRecords",
                    "dynamodb:GetShardIterator",
                    "dynamodb:ListStreams");
    private static final Duration TO_STOP = Duration.ofSeconds(2);

    private final StackDependencies deployed;
    private final List<EventSourceMapping> mappings = new ArrayList<>();

    /**
     * Creates the mappings without starting them.
     *
     * @throws RejectedTemplateException if Lambda would reject a mapping, for example because the
     *     role may not read the stream
     */
    StreamMappings(StackDependencies deployed) {
        this.deployed = deployed;
        deployed.template().all("AWS::Lambda::EventSourceMapping").stream()
                .filter(it -> it.text("EventSourceArn").contains(":dynamodb:"))
                .filter(it -> it.get("Enabled").asBoolean(true))
                .filter(it -> deployed.functions().mayRun(it.text("FunctionName")))
                .forEach(it -> mappings.add(mapping(it)));
    }

    private EventSourceMapping mapping(Resource mapping) {
        Template template = deployed.template();
        String stream = mapping.text("EventSourceArn");
        Resource table = template.named("AWS::DynamoDB::Table", "StreamArn", stream);
        if (table.get("StreamSpecification").isMissingNode()) {
            throw new RejectedTemplateException(table.id() + " has no stream");
        }
        deployed.checkRole(mapping, READING);
        return new EventSourceMapping(
                settings(mapping, template.ref(table)),
                Database.engine(),
                target(mapping),
                FailureDestination.LOGGED);
    }

    private FunctionDefinition<DynamodbEvent, ?> target(Resource mapping) {
        FunctionDefinition<?, ?> function =
                deployed.functions().function(mapping.text("FunctionName"));
        if (function.input() != DynamodbEvent.class) {
            throw new RejectedTemplateException(mapping.id() + " calls " + function.name());
        }
        @SuppressWarnings("unchecked") // the handler declares this input
        var ofStreams = (FunctionDefinition<DynamodbEvent, ?>) function;
        return ofStreams;
    }

    private static MappingSettings settings(Resource mapping, String table) {
        String[] filters =
                mapping.get("FilterCriteria")
                        .path("Filters")
                        .valueStream()
                        .map(it -> it.path("Pattern").asText())
                        .toArray(String[]::new);
        JsonNode properties = mapping.properties();
        requireEmulated(mapping, properties);
        return MappingSettings.of(mapping.id(), table, Database.POSITIONS)
                .withFilters(filters)
                .withBatches(
                        properties.path("BatchSize").asInt(100),
                        properties.path("ParallelizationFactor").asInt(1))
                .withRetries(
                        properties.path("MaximumRetryAttempts").asInt(MappingSettings.UNLIMITED),
                        Duration.ofSeconds(properties.path("MaximumRecordAgeInSeconds").asInt(-1)));
    }

    /**
     * Checks that a mapping has the only supported settings: it bisects failed batches, reports
     * batch item failures, and has no window.
     */
    private static void requireEmulated(Resource mapping, JsonNode properties) {
        if (properties.path("MaximumBatchingWindowInSeconds").asInt(0) != 0
                || !properties.path("BisectBatchOnFunctionError").asBoolean()
                || !properties
                        .path("FunctionResponseTypes")
                        .toString()
                        .contains("ReportBatchItemFailures")) {
            throw new RejectedTemplateException(
                    mapping.id()
                            + " needs BisectBatchOnFunctionError, ReportBatchItemFailures and no"
                            + " window");
        }
    }

    void start() {
        mappings.forEach(EventSourceMapping::start);
    }

    @Override
    public void close() {
        try {
            for (EventSourceMapping mapping : mappings) {
                mapping.stop(TO_STOP);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
