package dev.statuswire.aws.door;

import dev.statuswire.core.json.Json;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.sdk.Definition;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Renders the steps of the type of a request that no worker has claimed yet. */
final class PendingStepsTemplate {

    /** Characters that a template would interpret, or that not every kind of text may contain. */
    private static final Pattern SPECIAL = Pattern.compile("[^\\x20-\\x7e]|[$#@]");

    private PendingStepsTemplate() {}

    /** Returns the further branches of an {@code #if} that the template has opened. */
    static String of(RequestTypes types) {
        return types.all().stream().map(PendingStepsTemplate::branch).collect(Collectors.joining());
    }

    private static String branch(Definition<?> type) {
        return "#elseif($item.type.S == '" + type.name() + "')" + steps(type);
    }

    private static String steps(Definition<?> type) {
        var steps = Json.MAPPER.createArrayNode();
        for (String step : type.stepNames()) {
            steps.addObject().put("name", step).put("status", "PENDING");
        }
        return SPECIAL.matcher(Json.write(steps))
                .replaceAll(found -> Matcher.quoteReplacement(escaped(found.group())));
    }

    private static String escaped(String special) {
        return special.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
    }
}
