package dev.statuswire.core.type;

import java.util.List;

/**
 * A kind of work that clients can submit: the schema of its input, and the steps that process it.
 *
 * <p>Types are found with {@link java.util.ServiceLoader}. An implementation has a public
 * constructor without parameters and is listed in {@code
 * META-INF/services/dev.statuswire.core.type.RequestType} of its jar. A type that breaks a rule of
 * this interface or of {@link Step} stops the process at startup with an {@link
 * InvalidTypeException}.
 *
 * <p>One object serves all requests of the type in a process, so implementations must be
 * thread-safe.
 */
public interface RequestType {

    /**
     * Returns the type's unique name in the API, such as {@code place-order}. A name starts with a
     * lower-case letter and has up to 63 lower-case letters, digits and hyphens.
     */
    String name();

    /** Returns a short title for users, such as {@code Place an order}. */
    String title();

    /** Returns a sentence that describes the type to users. */
    String description();

    /**
     * Returns the schema that inputs must match, as JSON Schema draft 4, the version that the
     * models of API Gateway support. Patterns are ECMA-262 regular expressions, formats are
     * asserted, and a reference can only point to a part of the same schema or to the schema of
     * draft 4. If the schema is invalid, the API does not start.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html">Data
     *     models for REST APIs</a>
     */
    String inputSchema();

    /**
     * Returns an example of an input, as JSON. The example must match the schema. It should succeed
     * on an empty database, because the form starts from it and {@code ./deploy --check} can submit
     * it.
     */
    String example();

    /** Returns how long requests of this type take, which decides which function runs them. */
    Pace pace();

    /**
     * Returns the steps in the order in which they run: 1 to {@value RequestTypes#MAX_STEPS} steps
     * with different names. This method is called often and must always return the same steps. The
     * output of each step is stored before the next one starts; the output of the last step is the
     * result of the request.
     */
    List<Step> steps();

    /**
     * Returns how many transient failures a request may have before it fails, at least 1. The
     * failures of all its steps are counted together; when the user retries the request, the count
     * starts again at 0.
     */
    default int maxFailures() {
        return 3;
    }

    /**
     * Prepares the type for running its steps. Called at most once in a process, before any step of
     * the type runs. A process that only reads the definitions of types, such as the notifier, does
     * not have to call it.
     *
     * @param environment the DynamoDB client and the settings of the process
     */
    default void init(TypeEnvironment environment) {}
}
