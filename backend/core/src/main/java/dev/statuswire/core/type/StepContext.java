package dev.statuswire.core.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.request.Request;
import java.util.Optional;

/** What a step knows and can say while it runs. Its methods may be called from any thread. */
public interface StepContext {

    /** The request as it was when this run began. */
    Request request();

    /** The request's input. */
    JsonNode input();

    /**
     * The request's input as an object of {@code type}, such as a record.
     *
     * @throws StepFailed with code {@code invalid-input} where it does not fit
     */
    <T> T input(Class<T> type) throws StepFailed;

    /** The output of an earlier step; empty where there is none of that name. */
    Optional<JsonNode> output(String step);

    /**
     * What to remember this step's effect by, so that it is made once however often the step runs:
     * the same for every run of this step of this request, and of no other.
     */
    String effectKey();

    /**
     * How often the request was claimed since it was accepted or retried, 1 or more. A run without
     * a claim is the first.
     */
    int attempt();

    /** How often a step of it failed in a passing way since then. */
    int failures();

    /**
     * Says how far this step is. Written at most once a second, the newest last; never blocks.
     *
     * @param percent of this step, 0 to 100
     * @param message for a person
     */
    void progress(int percent, String message);

    /**
     * Whether the user wants the request stopped, or somebody else has taken it over: what this
     * step returns will not be kept. Looks into the database at most once a second, and may block
     * for that.
     */
    boolean cancelled();
}
