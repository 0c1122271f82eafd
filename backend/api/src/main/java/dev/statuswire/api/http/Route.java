package dev.statuswire.api.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * One call of the API.
 *
 * @param path with parameters in braces
 */
public record Route(HandlerType method, String path, Handler handler) {

    /** A call that only reads. */
    public static Route get(String path, Handler handler) {
        return new Route(HandlerType.GET, path, handler);
    }

    /** A call that changes something. */
    public static Route post(String path, Handler handler) {
        return new Route(HandlerType.POST, path, handler);
    }

    /** A call that changes something, and no more when it is made twice. */
    public static Route put(String path, Handler handler) {
        return new Route(HandlerType.PUT, path, handler);
    }

    /** The same, but {@code first} has to let it pass. */
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
