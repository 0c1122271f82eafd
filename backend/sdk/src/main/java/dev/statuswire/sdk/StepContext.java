package dev.statuswire.sdk;

import java.net.URI;

/**
 * What a running step can read and report. Thread-safe.
 *
 * @param <I> the type of the request's input
 */
public interface StepContext<I> {

    /** {@return the request's input} */
    I input();

    /**
     * {@return the stored output of an earlier step}
     *
     * @param step the name of the step
     * @param type the type to convert the output to, such as the step's own output type
     * @param <T> the type to convert the output to
     * @throws IllegalArgumentException if no step with this name has finished, or if its output
     *     does not fit {@code type}
     */
    <T> T output(String step, Class<T> type);

    /** {@return the owner of the request: the user who submitted it} */
    String owner();

    /** {@return the id of the request, which is unique among the requests of its owner} */
    String requestId();

    /**
     * {@return a key that identifies the side effect of this step: every run of this step for this
     * request has the same key, until the step is undone, and no other step or request has it} Pass
     * it to the called service, so that the service can deduplicate. In an undo, it is the key of
     * the step with {@code /undo} at its end.
     */
    String effectKey();

    /**
     * {@return the effect key of another step of the same request, for a step that has to recognize
     * the effect of a later one}
     *
     * @param step the name of the step
     */
    String effectKey(String step);

    /**
     * {@return how often the request was claimed since it was accepted or retried, at least 1} If
     * this run has no claim, it is the first attempt.
     */
    int attempt();

    /**
     * {@return how often this step has failed transiently since the request was accepted or
     * retried, 0 or more}
     */
    int failures();

    /**
     * {@return a number that increases each time the request is given to a worker, 0 or more} A
     * service that stores the highest number it has seen can refuse a worker that was overtaken.
     */
    long fencingToken();

    /**
     * Reports the progress of this step. Never blocks. At most one update is written per second;
     * only the newest one is kept until then.
     *
     * @param percent of this step, 0 to 100
     * @param message for users; truncated after 200 characters
     */
    void progress(int percent, String message);

    /**
     * {@return whether the step should stop, because the user has cancelled the request, another
     * worker has taken it over, or the current thread is interrupted} The output of the step will
     * then be discarded. Reads the database at most once a second, and may block for that.
     */
    boolean cancelled();

    /**
     * {@return a new link with which everyone who has it can answer a step of this request, without
     * logging in} Send it to the person who is to answer, for example by e-mail, before the step
     * waits. The link is valid as long as its request exists, until its owner revokes it, at the
     * longest 400 days. Every call creates another link, which is valid even if this run fails.
     * Blocks for the database.
     *
     * @param step the name of a step that waits for an answer
     * @throws IllegalArgumentException if the type has no such step
     * @throws IllegalStateException if the setting {@code STATUSWIRE_PUBLIC_URL}, which the link
     *     starts with, is missing
     */
    URI link(String step);

    /**
     * {@return the logger of the request's type, named {@code type.} and the name of the type} Its
     * lines carry the request's id, the type and the step, as do those of SLF4J loggers.
     */
    System.Logger log();

    /** {@return the settings and clients of the process} */
    TypeEnvironment environment();
}
