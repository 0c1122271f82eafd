package dev.statuswire.simulator.site;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.statuswire.core.settings.Delivery;
import dev.statuswire.core.settings.TimeOuts;
import dev.statuswire.simulator.chance.Fault;
import dev.statuswire.simulator.database.Calls;
import dev.statuswire.simulator.machine.Host;
import dev.statuswire.simulator.machine.HostDied;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/**
 * The queue of timers as one process reaches it: a message may be lost, or come twice. On AWS it
 * outlives every process; on one machine it dies with the process.
 */
final class TimerQueue implements SqsClient {

    private static final Duration LATEST = Duration.ofMillis(200);
    private static final int TRIES = 3;

    private final World world;
    private final Site site;
    private final Host caller;
    private final Calls calls;

    /**
     * @param calls how the caller reaches it
     */
    TimerQueue(World world, Site site, Host caller, Calls calls) {
        this.world = world;
        this.site = site;
        this.caller = caller;
        this.calls = calls;
    }

    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
        return calls.write(
                () -> {
                    Duration delay = Duration.ofSeconds(request.delaySeconds());
                    if (!world.chances().happens(Fault.TIMER_LOST)) {
                        enqueue(request.messageBody(), delay, 1);
                    }
                    if (world.chances().happens(Fault.TIMER_TWICE)) {
                        enqueue(request.messageBody(), delay, 1);
                    }
                    return SendMessageResponse.builder().build();
                });
    }

    private void enqueue(String body, Duration delay, int tries) {
        world.scheduler()
                .startAfter(
                        delay.plus(world.chances().upTo(LATEST)),
                        "timer",
                        () -> goOff(body, tries));
    }

    private void goOff(String body, int tries) {
        if (site.isOneProcess() && caller.isDead()) {
            return;
        }
        var message = new SQSMessage();
        message.setBody(body);
        var event = new SQSEvent();
        event.setRecords(List.of(message));
        var context = new InvocationContext(world.scheduler(), TimeOuts.TIMER);
        try {
            Program program = site.on(Service.TIMER);
            Interruptions.during(
                    world, () -> program.timerHandler(site).handleRequest(event, context));
        } catch (HostDied | RuntimeException failed) {
            if (tries < TRIES) {
                enqueue(body, Delivery.TIMER_VISIBILITY, tries + 1);
            }
        }
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
