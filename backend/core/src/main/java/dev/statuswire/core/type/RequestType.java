package dev.statuswire.core.type;

import java.util.List;

/**
 * A kind of work that can be submitted: what its input looks like and the steps that do it.
 *
 * <p>Found by {@link java.util.ServiceLoader}: an implementation has a public constructor without
 * parameters and stands in {@code META-INF/services/dev.statuswire.core.type.RequestType} of its
 * jar. One object serves many requests at once, so it is thread-safe.
 */
public interface RequestType {

    /** Its name in the API, such as {@code place-order}: lower-case letters, digits and hyphens. */
    String name();

    /** A few words for a person. */
    String title();

    /** A sentence for a person. */
    String description();

    /**
     * What an input must look like: a JSON Schema of draft 4, which is what the models of API
     * Gateway know. Patterns are ECMA-262, formats are asserted, and a reference leads to a part of
     * the schema itself. A schema that is invalid stops the start of the API.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html">Data
     *     models for REST APIs</a>
     */
    String inputSchema();

    /** An input, as JSON, that the schema accepts and that succeeds on an empty database. */
    String example();

    /** Who does the work. */
    Pace pace();

    /**
     * The steps, in order, 1 to {@value RequestTypes#MAX_STEPS}, with names of their own. What one
     * of them returned is kept; the request's result is what the last one returned.
     */
    List<Step> steps();

    /** How often steps may fail in a passing way before the request fails, at least 1. */
    default int maxFailures() {
        return 3;
    }

    /**
     * Called once, before any step of it runs, where steps run; never in a process that only shows
     * types.
     *
     * @param environment what it may use
     */
    default void init(TypeEnvironment environment) {}
}
