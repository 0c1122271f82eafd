package dev.statuswire.emulator.gateway;

import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.session.NullSessionCache;
import org.eclipse.jetty.session.NullSessionDataStore;

/**
 * Has a server keep no HTTP sessions. Javalin asks for one at each upgrade of a socket, and Jetty
 * would keep it, and tell the client its cookie, for ever.
 */
final class NoSessions {

    private NoSessions() {}

    static void in(ServletContextHandler server) {
        var sessions = new SessionHandler();
        var cache = new NullSessionCache(sessions);
        cache.setSessionDataStore(new NullSessionDataStore());
        sessions.setSessionCache(cache);
        sessions.setUsingCookies(false);
        server.setSessionHandler(sessions);
    }
}
