package dev.statuswire.check;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a check.
 *
 * @param url the URL of the page; empty for that of the stage
 * @param stage the stage on AWS
 * @param token an access token, if the operator provides one
 * @param types the names of the types whose examples are submitted
 */
record CheckSettings(Optional<URI> url, String stage, Optional<String> token, List<String> types) {

    /**
     * Types that are harmless to process: an order that is only simulated, and a change of the user
     * {@code demo}.
     */
    private static final List<String> HARMLESS = List.of("place-order", "update-profile");

    /**
     * Reads the environment variables that {@link Main} lists.
     *
     * @throws MissingSettingException if the URL is invalid
     */
    static CheckSettings from(Map<String, String> environment) {
        return new CheckSettings(
                text(environment, "STATUSWIRE_CHECK_URL").map(CheckSettings::uri),
                text(environment, "STATUSWIRE_STAGE").orElse("dev"),
                text(environment, "STATUSWIRE_CHECK_TOKEN"),
                text(environment, "STATUSWIRE_CHECK_TYPES")
                        .map(names -> Arrays.stream(names.split(",", -1)).map(String::strip))
                        .map(names -> names.filter(name -> !name.isEmpty()).toList())
                        .orElse(HARMLESS));
    }

    /**
     * Parses a URL.
     *
     * @throws MissingSettingException if it is invalid
     */
    static URI uri(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && text.startsWith("http")) {
                return uri;
            }
        } catch (IllegalArgumentException noUri) {
            // Reported below.
        }
        throw new MissingSettingException(
                "--url must be a URL such as https://work.example.org, not " + text);
    }

    private static Optional<String> text(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** Returns the given token, or no token and an instruction for the operator. */
    TokenProvider tokensOr(String otherwise) {
        return token.map(TokenProvider::given).orElseGet(() -> TokenProvider.none(otherwise));
    }
}
