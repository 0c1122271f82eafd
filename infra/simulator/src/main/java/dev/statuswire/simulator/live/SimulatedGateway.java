package dev.statuswire.simulator.live;

import dev.statuswire.notifier.push.ConnectionGateway;
import dev.statuswire.simulator.database.Calls;
import software.amazon.awssdk.core.SdkBytes;

/** The gateway as one process reaches it; what its network does wrong, it hears as BUSY. */
public final class SimulatedGateway implements ConnectionGateway {

    private final Sockets sockets;
    private final Calls calls;

    public SimulatedGateway(Sockets sockets, Calls calls) {
        this.sockets = sockets;
        this.calls = calls;
    }

    @Override
    public Answer post(String connectionId, SdkBytes payload) {
        try {
            return calls.read(() -> sockets.post(connectionId, payload.asUtf8String()));
        } catch (Unreachable unanswered) {
            return Answer.BUSY;
        }
    }

    @Override
    public Answer close(String connectionId) {
        try {
            return calls.read(() -> drop(connectionId));
        } catch (Unreachable unanswered) {
            return Answer.BUSY;
        }
    }

    private Answer drop(String connectionId) {
        boolean there = sockets.isOpen(connectionId);
        sockets.drop(connectionId);
        return there ? Answer.DONE : Answer.GONE;
    }

    /** The network between a process and the gateway failed. */
    public static final class Unreachable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public Unreachable(String how) {
            super(how, null, false, false);
        }
    }
}
