package dev.statuswire.emulator.function;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/**
 * The parameters of an Invoke call, without its payload.
 *
 * @param function the function's name, without account, region or qualifier
 * @param type one of {@code RequestResponse}, {@code Event} and {@code DryRun}
 * @param withLog whether the response includes the end of the log
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>: forms of
 *     a name, values of {@code InvocationType}, {@code LogType} and {@code Qualifier}
 */
record InvokeParameters(String function, String type, boolean withLog) {

    private static final Set<String> TYPES = Set.of("RequestResponse", "Event", "DryRun");
    private static final Set<String> LOG_TYPES = Set.of("None", "Tail");
    private static final String VERSION_OR_ALIAS = "[A-Za-z0-9$_-]{1,128}";
    private static final Pattern QUALIFIER = Pattern.compile(VERSION_OR_ALIAS);

    /**
     * The forms of a name that the API accepts: the name alone, with an account, or as an ARN, each
     * with or without a version.
     */
    private static final Pattern NAME =
            Pattern.compile(
                    "(?:arn:aws[a-zA-Z-]*:lambda:)?(?:[a-z]{2}(?:-[a-z]+)+-\\d:)?(?:\\d{12}:)?"
                            + "(?:function:)?(?<name>[A-Za-z0-9_-]+)(?::(?<qualifier>"
                            + VERSION_OR_ALIAS
                            + "))?");

    /**
     * Reads the parameters of a request.
     *
     * @param name the function's name from the path, decoded
     * @throws IllegalArgumentException if the API does not accept a value; the message can be shown
     *     to the caller
     */
    static InvokeParameters of(String name, Request request) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw new IllegalArgumentException("invalid function name: " + name);
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
            throw new IllegalArgumentException("invalid version or alias: " + parameter.get());
        }
        if (ofName.isPresent() && parameter.isPresent() && !ofName.equals(parameter)) {
            throw new IllegalArgumentException(
                    "The derived qualifier from the function name does not match the specified"
                            + " qualifier.");
        }
    }

    private static String header(
            Request request, String name, String defaultValue, Set<String> allowed) {
        String value = Optional.ofNullable(request.getHeaders().get(name)).orElse(defaultValue);
        if (!allowed.contains(value)) {
            throw new IllegalArgumentException(
                    "%s must be one of %s, not %s"
                            .formatted(name, allowed.stream().sorted().toList(), value));
        }
        return value;
    }
}
