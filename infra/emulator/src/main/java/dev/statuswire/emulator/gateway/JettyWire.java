package dev.statuswire.emulator.gateway;

import dev.statuswire.emulator.gateway.OutboundBuffer.Fragment;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** Sends on a Jetty session, whose writes are asynchronous. */
final class JettyWire implements Wire {

    private final Session session;

    JettyWire(Session session) {
        this.session = session;
    }

    @Override
    public void send(Fragment fragment, Runnable whenSent, Runnable whenFailed) {
        Callback callback = Callback.from(whenSent, failure -> whenFailed.run());
        session.sendPartialText(fragment.text(), fragment.last(), callback);
    }

    @Override
    public void close(CloseReason reason) {
        session.close(reason.code(), reason.text(), Callback.NOOP);
    }

    @Override
    public void disconnect() {
        session.disconnect();
    }
}
