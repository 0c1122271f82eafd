package dev.statuswire.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times in the JSON of clients. */
public final class JsonTime {

    /**
     * How clients write times, as a regular expression of ECMA-262 and Java: ISO 8601, in UTC, from
     * the year 2000 to 2099. Dates that do not exist do not match.
     */
    public static final String PATTERN =
            "^(20[0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
                    + "|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
                    + "|02-(0[1-9]|1[0-9]|2[0-8]))"
                    + "|20(0[048]|[2468][048]|[13579][26])-02-29)"
                    + "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?Z$";

    private static final Pattern COMPILED = Pattern.compile(PATTERN);

    private JsonTime() {}

    /**
     * Returns a time; empty if {@code value} is not a text of the form of {@link #PATTERN}. Unlike
     * a search, this does not accept a line feed at the end.
     */
    public static Optional<Instant> read(JsonNode value) {
        return value.isTextual() && COMPILED.matcher(value.textValue()).matches()
                ? Optional.of(Instant.parse(value.textValue()))
                : Optional.empty();
    }
}
