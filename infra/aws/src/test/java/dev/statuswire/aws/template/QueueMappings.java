package dev.statuswire.aws.template;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.statuswire.core.time.SteadyClock;
import dev.statuswire.emulator.function.FunctionDefinition;
import dev.statuswire.emulator.queue.SqsDelayQueue;
import dev.statuswire.emulator.queue.SqsQueueSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Emulates the queues of a template that functions consume, with their event source mappings. */
final class QueueMappings implements AutoCloseable {

    private static final List<String> CONSUMING =
            List.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes");
    private static final Duration TO_STOP = Duration.ofSeconds(2);

    private final StackDependencies deployed;
    private final Map<SqsDelayQueue, FunctionDefinition<SQSEvent, ?>> queues =
            new LinkedHashMap<>();

    /**
     * Opens the queues without starting anything.
     *
     * @throws RejectedTemplateException if Lambda would reject a mapping, for example because the
     *     role may not read the queue
     */
    QueueMappings(StackDependencies deployed) {
        this.deployed = deployed;
        deployed.template().all("AWS::Lambda::EventSourceMapping").stream()
                .filter(it -> it.text("EventSourceArn").contains(":sqs:"))
                .filter(it -> it.get("Enabled").asBoolean(true))
                .filter(it -> deployed.functions().mayRun(it.text("FunctionName")))
                .forEach(this::open);
    }

    private void open(Resource mapping) {
        String arn = mapping.text("EventSourceArn");
        Resource queue = deployed.template().named("AWS::SQS::Queue", "Arn", arn);
        deployed.checkRole(mapping, CONSUMING);
        FunctionDefinition<?, ?> function =
                deployed.functions().function(mapping.text("FunctionName"));
        if (function.input() != SQSEvent.class) {
            throw new RejectedTemplateException(mapping.id() + " calls " + function.name());
        }
        var settings =
                new SqsQueueSettings(
                        queue.id(),
                        Duration.ofSeconds(queue.get("VisibilityTimeout").asInt(30)),
                        Duration.ofSeconds(queue.get("MessageRetentionPeriod").asInt(345_600)),
                        mapping.get("BatchSize").asInt(10),
                        mapping.get("ScalingConfig").path("MaximumConcurrency").asInt(1000));
        SqsDelayQueue opened = SqsDelayQueue.open(settings, SteadyClock.OF_PROCESS);
        deployed.network().addQueues(opened.endpoint());
        @SuppressWarnings("unchecked") // the handler declares this input
        var ofQueues = (FunctionDefinition<SQSEvent, ?>) function;
        queues.put(opened, ofQueues);
    }

    void start() {
        queues.forEach(SqsDelayQueue::start);
    }

    @Override
    public void close() {
        try {
            for (SqsDelayQueue queue : queues.keySet()) {
                queue.stop(TO_STOP);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
