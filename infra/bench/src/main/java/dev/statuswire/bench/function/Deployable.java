package dev.statuswire.bench.function;

import java.util.Map;
import java.util.function.Supplier;

/**
 * A function that is deployed, and how it is invoked first.
 *
 * @param name as figures have it
 * @param zip the one that it is in
 * @param withTypes whether it has the layer of the request types
 * @param handler its class
 * @param settings its environment variables, besides those of the tables
 * @param next makes another invocation, and what that needs
 * @param answer what a right answer has in it
 */
record Deployable(
        String name,
        Zip zip,
        boolean withTypes,
        Class<?> handler,
        Map<String, String> settings,
        Supplier<Invocation> next,
        String answer) {

    /** One without types and without settings of its own. */
    static Deployable of(
            String name, Zip zip, Class<?> handler, Supplier<Invocation> next, String answer) {
        return new Deployable(name, zip, false, handler, Map.of(), next, answer);
    }

    /** The same with the layer of the request types. */
    Deployable andTypes() {
        return new Deployable(name, zip, true, handler, settings, next, answer);
    }

    /** The same with these environment variables. */
    Deployable told(Map<String, String> variables) {
        return new Deployable(name, zip, withTypes, handler, variables, next, answer);
    }
}
