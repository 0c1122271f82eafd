package dev.statuswire.emulator.queue;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.statuswire.emulator.function.FunctionDefinition;
import dev.statuswire.emulator.function.FunctionRuntime;
import dev.statuswire.emulator.function.Invocation;
import dev.statuswire.emulator.loopback.LoopbackServer;
import dev.statuswire.emulator.queue.QueuedMessages.Message;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A standard SQS queue on a loopback port, with an event source mapping to a function. The mapping
 * delivers messages in batches after their delay. If the function fails, it redelivers them after
 * the visibility timeout, until they exceed the retention period. Messages are in memory; they are
 * lost when the process exits.
 *
 * <p>Thread-safe.
 */
public final class SqsDelayQueue {

    private static final Logger log = LoggerFactory.getLogger(SqsDelayQueue.class);

    private final SqsQueueSettings settings;
    private final InstantSource steady;
    private final QueuedMessages messages;
    private final LoopbackServer server;
    private final Semaphore permits;
    private volatile @Nullable Thread poller;

    private SqsDelayQueue(SqsQueueSettings settings, InstantSource steady) {
        this.settings = settings;
        this.steady = steady;
        this.messages = new QueuedMessages(steady);
        this.permits = new Semaphore(settings.concurrency());
        this.server =
                LoopbackServer.open(
                        "the queue " + settings.name(), 0, new QueueHandler(settings, messages));
    }

    /**
     * Opens the queue on a free port and accepts messages from then on.
     *
     * @param steady measures delays, visibility timeouts and the age of messages
     */
    public static SqsDelayQueue open(SqsQueueSettings settings, InstantSource steady) {
        return new SqsDelayQueue(settings, steady);
    }

    /** Returns the endpoint for an {@code SqsClient}. Any credentials and region work. */
    public URI endpoint() {
        return server.uri();
    }

    /** Returns the queue's URL. */
    public String url() {
        return endpoint() + QueueHandler.path(settings.name());
    }

    /** Starts to deliver messages to {@code function}. */
    public void start(FunctionDefinition<SQSEvent, ?> function) {
        var runtime = new FunctionRuntime<>(function, steady);
        poller = Thread.ofVirtual().name(settings.name() + "-poller").start(() -> poll(runtime));
    }

    private void poll(FunctionRuntime<SQSEvent, ?> runtime) {
        try {
            List<Message> batch;
            do {
                permits.acquire();
                batch = messages.take(settings.batchSize());
                List<Message> taken = batch;
                Thread.ofVirtual()
                        .name(settings.name() + "-" + UUID.randomUUID())
                        .start(() -> deliver(runtime, taken));
            } while (!batch.isEmpty());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(FunctionRuntime<SQSEvent, ?> runtime, List<Message> batch) {
        try {
            Instant hidden = steady.instant().plus(settings.visibility());
            List<Message> received =
                    batch.stream()
                            .filter(message -> !isTooOld(message))
                            .map(message -> message.receivedUntil(hidden))
                            .toList();
            if (!received.isEmpty()
                    && runtime.invoke(event(received), UUID.randomUUID().toString())
                            instanceof Invocation.Failed<?>(Throwable error)) {
                log.warn(
                        "{} failed; redelivering its {} messages in {}",
                        runtime.function().name(),
                        received.size(),
                        settings.visibility(),
                        error);
                received.forEach(messages::put);
            }
        } finally {
            permits.release();
        }
    }

    private boolean isTooOld(Message message) {
        return Duration.between(message.sentAt(), steady.instant()).compareTo(settings.retention())
                > 0;
    }

    private SQSEvent event(List<Message> batch) {
        var event = new SQSEvent();
        event.setRecords(batch.stream().map(this::record).toList());
        return event;
    }

    private SQSMessage record(Message message) {
        var record = new SQSMessage();
        record.setMessageId(message.id());
        record.setReceiptHandle(message.id() + "#" + message.receives());
        record.setBody(message.body());
        record.setMd5OfBody(QueueHandler.md5(message.body()));
        record.setAttributes(
                Map.of("ApproximateReceiveCount", Integer.toString(message.receives())));
        record.setMessageAttributes(Map.of());
        record.setEventSource("aws:sqs");
        record.setEventSourceArn("arn:aws:sqs:us-east-1:000000000000:" + settings.name());
        record.setAwsRegion("us-east-1");
        return record;
    }

    /**
     * Stops deliveries, drops waiting messages, gives running invocations {@code deadline} to
     * finish, and closes the port.
     */
    public void stop(Duration deadline) throws InterruptedException {
        messages.stop();
        if (poller != null) {
            poller.join();
        }
        if (!permits.tryAcquire(
                settings.concurrency(), deadline.toMillis(), TimeUnit.MILLISECONDS)) {
            log.warn(
                    "an invocation for the queue {} did not finish within {}; leaving it running",
                    settings.name(),
                    deadline);
        }
        server.close();
    }
}
