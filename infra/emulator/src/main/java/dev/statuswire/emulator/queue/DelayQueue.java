package dev.statuswire.emulator.queue;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.statuswire.emulator.function.FunctionRuntime;
import dev.statuswire.emulator.function.Invocation;
import dev.statuswire.emulator.function.LocalFunction;
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
 * A standard SQS queue on a loopback port, with the event source mapping that hands its messages to
 * a function: after their delay, in batches, and again after the visibility timeout if the function
 * failed, until they are too old. In memory: the end of the process drops what waits.
 *
 * <p>Thread-safe.
 */
public final class DelayQueue {

    private static final Logger log = LoggerFactory.getLogger(DelayQueue.class);

    private final QueueSettings settings;
    private final InstantSource steady;
    private final QueuedMessages messages;
    private final LoopbackServer server;
    private final Semaphore places;
    private volatile @Nullable Thread poller;

    private DelayQueue(QueueSettings settings, InstantSource steady) {
        this.settings = settings;
        this.steady = steady;
        this.messages = new QueuedMessages(steady);
        this.places = new Semaphore(settings.concurrency());
        this.server =
                LoopbackServer.open(
                        "the queue " + settings.name(), 0, new QueueHandler(settings, messages));
    }

    /**
     * Opens a free port. From then on messages are taken.
     *
     * @param steady measures delays
     */
    public static DelayQueue open(QueueSettings settings, InstantSource steady) {
        return new DelayQueue(settings, steady);
    }

    /** The endpoint for an {@code SqsClient}; any credentials and region will do. */
    public URI endpoint() {
        return server.uri();
    }

    /** The queue's URL. */
    public String url() {
        return endpoint() + QueueHandler.path(settings.name());
    }

    /** Begins to hand messages to {@code function}. */
    public void start(LocalFunction<SQSEvent, ?> function) {
        var runtime = new FunctionRuntime<>(function, steady);
        poller = Thread.ofVirtual().name(settings.name() + "-poller").start(() -> poll(runtime));
    }

    private void poll(FunctionRuntime<SQSEvent, ?> runtime) {
        try {
            List<Message> batch;
            do {
                places.acquire();
                batch = messages.take(settings.batchSize());
                List<Message> taken = batch;
                Thread.ofVirtual()
                        .name(settings.name() + "-" + UUID.randomUUID())
                        .start(() -> handOver(runtime, taken));
            } while (!batch.isEmpty());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void handOver(FunctionRuntime<SQSEvent, ?> runtime, List<Message> batch) {
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
            places.release();
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
     * Hands over nothing more, drops what waits, lets invocations end until {@code deadline} from
     * now, and closes the port.
     */
    public void stop(Duration deadline) throws InterruptedException {
        messages.stop();
        if (poller != null) {
            poller.join();
        }
        if (!places.tryAcquire(
                settings.concurrency(), deadline.toMillis(), TimeUnit.MILLISECONDS)) {
            log.warn("an invocation for {} did not end in {}", settings.name(), deadline);
        }
        server.close();
    }
}
