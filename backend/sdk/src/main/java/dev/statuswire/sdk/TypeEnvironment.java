package dev.statuswire.sdk;

import java.util.Optional;
import java.util.function.Function;

/** What a process offers to the request types whose steps it runs. Thread-safe. */
public interface TypeEnvironment {

    /**
     * Returns a setting.
     *
     * @param name the name of its environment variable
     * @return empty if the variable is not set or blank
     */
    Optional<String> setting(String name);

    /**
     * {@return a client of the process} Statuswire offers the AWS SDK's {@code DynamoDbClient}. Do
     * not close it.
     *
     * @param type the class of the client
     * @param <T> the type of the client
     * @throws IllegalArgumentException if the process has no client of this type
     */
    <T> T client(Class<T> type);

    /**
     * {@return an object that the types of a jar create once in each process and then share, such
     * as a client of another service} If it is {@link AutoCloseable}, it is closed when the process
     * ends or the jar is replaced. Call this in a step, not in {@link RequestType#define}.
     *
     * @param type the key of the object
     * @param create creates the object; called again if it throws
     * @param <T> the type of the object
     */
    <T> T once(Class<T> type, Function<TypeEnvironment, T> create);
}
