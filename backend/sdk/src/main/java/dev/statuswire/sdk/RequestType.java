package dev.statuswire.sdk;

/**
 * A kind of work that clients can submit. Statuswire finds the types of a jar with {@link
 * java.util.ServiceLoader}: an implementation is public, has a public constructor without
 * parameters, and is listed in {@code META-INF/services/dev.statuswire.sdk.RequestType}.
 *
 * <p>One object serves all requests of the type in a process, so its steps must be thread-safe.
 * State in fields is not shared with other processes and is lost when the process ends.
 *
 * @param <I> the type of the input, such as a record
 */
public interface RequestType<I> {

    /**
     * {@return the definition of this type} Called once in each process, when it starts. Must
     * always return the same definition and must make no calls, because processes that run no steps
     * call it as well.
     *
     * @throws InvalidTypeException if the definition breaks a rule; the process then does not start
     */
    Definition<I> define();
}
