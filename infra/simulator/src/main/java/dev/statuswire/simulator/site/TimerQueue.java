package dev.statuswire.simulator.site;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.statuswire.core.settings.DeliverySettings;
import dev.statuswire.core.settings.FunctionTimeouts;
import dev.statuswire.simulator.chance.SimulatedFault;
import dev.statuswire.simulator.database.UnreliableCalls;
import dev.statuswire.simulator.machine.ProcessKilledError;
import dev.statuswire.simulator.machine.SimulatedProcess;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/**
 * The timer queue as seen by one process. A message may be lost, or delivered twice. On AWS the
 * queue outlives every process; on one machine it dies with the process.
 */
final class TimerQueue implements SqsClient {

    private static final Duration LATEST = Duration.ofMillis(200);
    private static final int TRIES = 3;

    private final DurableState world;
    private final ProcessSupervisor site;
    private final SimulatedProcess caller;
    private final UnreliableCalls calls;

    /**
     * @param calls makes the caller's calls to the queue
     */
    TimerQueue(
            DurableState world,
            ProcessSupervisor site,
            SimulatedProcess caller,
            UnreliableCalls calls) {
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
                    if (!world.choices().happens(SimulatedFault.TIMER_LOST)) {
                        enqueue(request.messageBody(), delay, 1);
                    }
                    if (world.choices().happens(SimulatedFault.TIMER_TWICE)) {
                        enqueue(request.messageBody(), delay, 1);
                    }
                    return SendMessageResponse.builder().build();
                });
    }

    private void enqueue(String body, Duration delay, int tries) {
        world.scheduler()
                .startAfter(
                        delay.plus(world.choices().upTo(LATEST)), "timer", () -> fire(body, tries));
    }

    private void fire(String body, int tries) {
        if (site.isOneProcess() && caller.isDead()) {
            return;
        }
        var message = new SQSMessage();
        message.setBody(body);
        var event = new SQSEvent();
        event.setRecords(List.of(message));
        var context = new InvocationContext(world.scheduler(), FunctionTimeouts.TIMER);
        try {
            SimulatedComponents program = site.on(SimulatedService.TIMER);
            Interruptions.during(
                    world, () -> program.timerHandler(site).handleRequest(event, context));
        } catch (ProcessKilledError | RuntimeException failed) {
            if (tries < TRIES) {
                enqueue(body, DeliverySettings.TIMER_VISIBILITY, tries + 1);
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
