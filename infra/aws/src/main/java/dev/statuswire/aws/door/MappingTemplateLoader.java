package dev.statuswire.aws.door;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Loads the templates, {@code <name>.vtl} next to this class, and expands them for API Gateway. In
 * addition to VTL they may contain:
 *
 * <ul>
 *   <li>{@code @include(name)}: inserts another template
 *   <li>{@code @text(expression)}: a text, escaped for the inside of a JSON string
 *   <li>{@code @problem(NAME)}: responds with that {@link GatewayProblem}
 *   <li>{@code @{part}}: a value that depends on the types, the table and so on
 * </ul>
 */
final class MappingTemplateLoader {

    /** The id in the call, escaped for a path, so it contains neither quotes nor backslashes. */
    static final String ID_IN_PATH = "$util.urlEncode($input.params('id'))";

    private static final Pattern INCLUDE = Pattern.compile("@include\\(([a-z-]+)\\)");
    private static final Pattern TEXT = Pattern.compile("@text\\(([^()]+)\\)");
    private static final Pattern PROBLEM = Pattern.compile("@problem\\(([A-Z_]+) at ([a-z/]+)\\)");
    private static final Pattern PART = Pattern.compile("@\\{([a-z0-9-]+)}");

    private final Map<String, String> parts;

    MappingTemplateLoader(Map<String, String> parts) {
        this.parts = Map.copyOf(parts);
    }

    /** Returns the expanded template of that name. */
    String load(String name) {
        String texts = replace(TEXT, whole(name), found -> text(found.group(1)));
        String problems = replace(PROBLEM, texts, MappingTemplateLoader::problem);
        return replace(PART, problems, found -> part(found.group(1)));
    }

    /** Returns the template with all templates that it includes. */
    private static String whole(String name) {
        return replace(INCLUDE, read(name), found -> whole(found.group(1)));
    }

    private static String replace(
            Pattern pattern, String template, Function<MatchResult, String> replacement) {
        return pattern.matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(replacement.apply(found)));
    }

    /**
     * Reads a template without its comments. Appends {@code ##} to each line so that no white space
     * of the file gets into the output.
     */
    private static String read(String name) {
        String file = name + ".vtl";
        try (InputStream stream = MappingTemplateLoader.class.getResourceAsStream(file)) {
            byte[] bytes = Objects.requireNonNull(stream, file).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("##"))
                    .map(line -> line.startsWith("@include") ? line : line + "##\n")
                    .collect(Collectors.joining());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Escapes a text for JSON as AWS recommends: {@code escapeJavaScript} turns a single quote into
     * {@code \'}, which is not valid JSON and is therefore undone.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#util-template-reference">$util
     *     variables</a>
     */
    private static String text(String expression) {
        return "$!util.escapeJavaScript(" + expression + ").replaceAll(\"\\\\'\",\"'\")";
    }

    private static String problem(MatchResult found) {
        GatewayProblem problem = GatewayProblem.valueOf(found.group(1));
        return "#set($context.responseOverride.status = "
                + problem.status()
                + ")"
                + problem.document(found.group(2) + ID_IN_PATH);
    }

    private String part(String name) {
        return Objects.requireNonNull(parts.get(name), name);
    }
}
