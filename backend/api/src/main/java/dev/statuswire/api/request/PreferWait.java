package dev.statuswire.api.request;

import dev.statuswire.api.http.HeaderFieldScanner;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads from {@code Prefer: wait=N} how long a client wants to wait. The first {@code wait} counts,
 * even if its value cannot be applied. A malformed preference is ignored.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7240#section-2">RFC 7240, section 2, and 4.3</a>
 */
final class PreferWait {

    /** The maximum wait, in seconds. */
    static final int MAX_SECONDS = 20;

    private record Preference(String name, String value) {}

    private PreferWait() {}

    /**
     * Returns the seconds to wait, 0 to {@value #MAX_SECONDS}; empty if the client did not ask to
     * wait.
     *
     * @param fields the values of all {@code Prefer} headers
     */
    static Optional<Integer> seconds(Collection<String> fields) {
        return fields.stream()
                .flatMap(PreferWait::preferences)
                .filter(preference -> preference.name().equalsIgnoreCase("wait"))
                .findFirst()
                .flatMap(wait -> seconds(wait.value()));
    }

    private static Stream<Preference> preferences(String field) {
        var preferences = Stream.<Preference>builder();
        var scanner = new HeaderFieldScanner(field);
        while (!scanner.skipSpace().isAtEnd()) {
            preference(scanner).ifPresent(preferences);
            scanner.skipElement();
            scanner.skip(',');
        }
        return preferences.build();
    }

    /** Reads a preference: its name and value. Its parameters are skipped. */
    private static Optional<Preference> preference(HeaderFieldScanner scanner) {
        Optional<Preference> first = nameAndValue(scanner);
        boolean isWhole = first.isPresent();
        while (isWhole && scanner.skipSpace().skip(';')) {
            scanner.skipSpace();
            isWhole = scanner.isAt(";,") || nameAndValue(scanner).isPresent();
        }
        return isWhole && scanner.skipSpace().isAt(",") ? first : Optional.empty();
    }

    private static Optional<Preference> nameAndValue(HeaderFieldScanner scanner) {
        Optional<String> name = scanner.token();
        if (name.isEmpty() || !scanner.skipSpace().skip('=')) {
            return name.map(it -> new Preference(it, ""));
        }
        return scanner.skipSpace().word().map(value -> new Preference(name.get(), value));
    }

    private static Optional<Integer> seconds(String value) {
        boolean isNumber =
                !value.isEmpty() && value.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        if (!isNumber) {
            return Optional.empty();
        }
        String digits = value.replaceFirst("^0+(?=.)", "");
        return Optional.of(
                digits.length() > 2
                        ? MAX_SECONDS
                        : Math.min(Integer.parseInt(digits), MAX_SECONDS));
    }
}
