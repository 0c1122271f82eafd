package dev.statuswire.emulator.function;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/**
 * What a call of Invoke says beside its payload.
 *
 * @param function the name alone
 * @param type one of {@code RequestResponse}, {@code Event} and {@code DryRun}
 * @param withLog whether the response is to have the end of the log
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>: forms of
 *     a name, values of {@code InvocationType}, {@code LogType} and {@code Qualifier}
 */
record InvokeParameters(String function, String type, boolean withLog) {

    private static final Set<String> TYPES = Set.of("RequestResponse", "Event", "DryRun");
    private static final Set<String> LOG_TYPES = Set.of("None", "Tail");
    private static final String VERSION_OR_ALIAS = "[A-Za-z0-9$_-]{1,128}";
    private static final Pattern QUALIFIER = Pattern.compile(VERSION_OR_ALIAS);

    /**
     * The name in each form that the API takes: alone, with an account, as an ARN; with a version
     * or without.
     */
    private static final Pattern NAME =
            Pattern.compile(
                    "(?:arn:aws[a-zA-Z-]*:lambda:)?(?:[a-z]{2}(?:-[a-z]+)+-\\d:)?(?:\\d{12}:)?"
                            + "(?:function:)?(?<name>[A-Za-z0-9_-]+)(?::(?<qualifier>"
                            + VERSION_OR_ALIAS
                            + "))?");

    /**
     * Reads them.
     *
     * @param name as it stands in the path, decoded
     * @throws IllegalArgumentException if a value is none that the API takes; the message is for
     *     the caller
     */
    static InvokeParameters of(String name, Request request) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a function's name: " + name);
        }
        requireOneQualifier(
                Optional.ofNullable(parts.group("qualifier")),
                Optional.ofNullable(Request.extractQueryParameters(request).getValue("Qualifier")));
        return new InvokeParameters(
                parts.group("name"),
                header(request, "X-Amz-Invocation-Type", "RequestResponse", TYPES),
                header(request, "X-Amz-Log-Type", "None", LOG_TYPES).equals("Tail"));
    }

    private static void requireOneQualifier(Optional<String> ofName, Optional<String> parameter) {
        if (!parameter.map(it -> QUALIFIER.matcher(it).matches()).orElse(true)) {
            throw new IllegalArgumentException("not a version or an alias: " + parameter.get());
        }
        if (ofName.isPresent() && parameter.isPresent() && !ofName.equals(parameter)) {
            throw new IllegalArgumentException(
                    "The derived qualifier from the function name does not match the specified"
                            + " qualifier.");
        }
    }

    private static String header(Request request, String name, String absent, Set<String> allowed) {
        String value = Optional.ofNullable(request.getHeaders().get(name)).orElse(absent);
        if (!allowed.contains(value)) {
            throw new IllegalArgumentException(
                    "%s has to be one of %s, not %s"
                            .formatted(name, allowed.stream().sorted().toList(), value));
        }
        return value;
    }
}
