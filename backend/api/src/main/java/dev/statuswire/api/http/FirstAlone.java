package dev.statuswire.api.http;

import io.javalin.http.Context;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Has the first call go into Javalin alone, until it has come as far as code of ours; the first
 * upgrade likewise. Javalin completes itself at each of them without a lock ({@code javalinLazy}),
 * so of calls that come together just after the start, as they do after a restart, one may find it
 * half made and be answered 500. Thread-safe.
 */
public final class FirstAlone extends Handler.Wrapper {

    private final Gate calls = new Gate();
    private final Gate upgrades = new Gate();

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        boolean isUpgrade = request.getHeaders().contains(HttpHeader.SEC_WEBSOCKET_VERSION);
        Gate gate = isUpgrade ? upgrades : calls;
        gate.enter();
        try {
            return super.handle(request, response, callback);
        } finally {
            gate.open();
        }
    }

    /** A call has come through. */
    public void isThrough(Context call) {
        calls.open();
    }

    /** An upgrade has come through. */
    public void isUpgradeThrough(Context upgrade) {
        upgrades.open();
    }
}
