package dev.statuswire.api.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * One route of the API: a method, a path and a handler.
 *
 * @param path with parameters in braces
 */
public record Route(HandlerType method, String path, Handler handler) {

    /** Creates a GET route, which only reads. */
    public static Route get(String path, Handler handler) {
        return new Route(HandlerType.GET, path, handler);
    }

    /** Creates a POST route, which changes something. */
    public static Route post(String path, Handler handler) {
        return new Route(HandlerType.POST, path, handler);
    }

    /** Creates a PUT route, which changes nothing more if it is called again. */
    public static Route put(String path, Handler handler) {
        return new Route(HandlerType.PUT, path, handler);
    }

    /** Creates a DELETE route, which changes nothing more if it is called again. */
    public static Route delete(String path, Handler handler) {
        return new Route(HandlerType.DELETE, path, handler);
    }

    /**
     * Returns this route with {@code first} before its handler. If {@code first} throws an
     * exception, the handler does not run.
     */
    public Route after(Handler first) {
        return new Route(
                method,
                path,
                call -> {
                    first.handle(call);
                    handler.handle(call);
                });
    }
}
