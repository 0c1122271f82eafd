package dev.statuswire.api.http;

import static java.util.stream.Collectors.groupingBy;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Adds routes to a server, with their implicit methods: HEAD for each GET, and OPTIONS for each
 * path. Responses have {@code Cache-Control: no-store} unless their handler sets another value.
 */
public final class RouteTable {

    private RouteTable() {}

    /** Adds {@code routes}. */
    public static void add(List<Route> routes, RoutesConfig to) {
        routes.stream()
                .collect(groupingBy(Route::path, LinkedHashMap::new, Collectors.toList()))
                .forEach((path, ofPath) -> add(path, ofPath, to));
    }

    private static void add(String path, List<Route> routes, RoutesConfig to) {
        var methods = new ArrayList<HandlerType>();
        for (Route route : routes) {
            methods.add(route.method());
            to.addHttpHandler(route.method(), path, uncached(route.handler()));
            if (route.method().equals(HandlerType.GET)) {
                methods.add(HandlerType.HEAD);
                to.addHttpHandler(HandlerType.HEAD, path, uncached(route.handler()));
            }
        }
        methods.add(HandlerType.OPTIONS);
        String allowed =
                methods.stream().map(HandlerType::name).sorted().collect(Collectors.joining(", "));
        to.addHttpHandler(HandlerType.OPTIONS, path, call -> options(call, allowed));
    }

    private static Handler uncached(Handler handler) {
        return call -> {
            call.header("Cache-Control", "no-store");
            handler.handle(call);
        };
    }

    private static void options(Context call, String allowed) {
        call.header("Allow", allowed);
        ResponseWriter.empty(call, 204);
    }
}
