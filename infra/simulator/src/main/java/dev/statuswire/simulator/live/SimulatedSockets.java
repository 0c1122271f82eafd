package dev.statuswire.simulator.live;

import dev.statuswire.simulator.chance.RandomChoices;
import dev.statuswire.simulator.chance.SimulatedFault;
import dev.statuswire.simulator.machine.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The gateway: its open sockets by connection id. */
public final class SimulatedSockets {

    static final int DONE = 200;
    static final int GONE = 410;
    static final int BUSY = 429;

    private static final Duration LATEST = Duration.ofSeconds(5);

    private final Scheduler scheduler;
    private final RandomChoices choices;
    private final Map<String, Socket> open = new TreeMap<>();
    private int opened;

    public SimulatedSockets(Scheduler scheduler, RandomChoices choices) {
        this.scheduler = scheduler;
        this.choices = choices;
    }

    private record Socket(Consumer<String> onFrame, Runnable onClose) {}

    /** Opens a socket. Returns its connection id. */
    String open(Consumer<String> onFrame, Runnable onClose) {
        String id = "connection-" + opened++;
        open.put(id, new Socket(onFrame, onClose));
        return id;
    }

    boolean isOpen(String id) {
        return open.containsKey(id);
    }

    /** Closes a socket. Its page notices a little later. */
    void drop(String id) {
        Socket socket = open.remove(id);
        if (socket != null) {
            scheduler.startAfter(choices.upTo(LATEST), "closed", socket.onClose());
        }
    }

    /** Closes all sockets, because the process that held them is gone. */
    public void dropAll() {
        List.copyOf(open.keySet()).forEach(this::drop);
    }

    /** Pushes a frame. Returns the status code of the response. */
    int post(String id, String frame) {
        Socket socket = open.get(id);
        if (socket == null) {
            return GONE;
        }
        if (choices.happens(SimulatedFault.SOCKET_DROPPED)) {
            drop(id);
            return choices.oneIn(2) ? GONE : DONE;
        }
        if (choices.happens(SimulatedFault.PUSH_BUSY)) {
            if (choices.oneIn(2)) {
                socket.onFrame().accept(frame);
            }
            return BUSY;
        }
        if (!choices.happens(SimulatedFault.PUSH_LOST)) {
            send(id, frame);
        }
        if (choices.happens(SimulatedFault.PUSH_TWICE)) {
            send(id, frame);
        }
        return DONE;
    }

    private void send(String id, String frame) {
        if (choices.happens(SimulatedFault.PUSH_LATE)) {
            scheduler.startAfter(choices.upTo(LATEST), "frame", () -> arrive(id, frame));
        } else {
            arrive(id, frame);
        }
    }

    private void arrive(String id, String frame) {
        Socket socket = open.get(id);
        if (socket != null) {
            socket.onFrame().accept(frame);
        }
    }
}
