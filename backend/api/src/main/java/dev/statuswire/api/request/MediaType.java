package dev.statuswire.api.request;

import dev.statuswire.api.http.HeaderFieldScanner;
import java.util.Locale;
import java.util.Optional;

/**
 * A media type, as in {@code Content-Type}.
 *
 * @param name type and subtype in lower case, such as {@code application/json}
 * @param isUtf8 whether its {@code charset}, if it has one, is UTF-8; other parameters are ignored
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1">RFC 9110, section 8.3.1</a>
 */
record MediaType(String name, boolean isUtf8) {

    /** Reads {@code field}. Returns empty if it is not exactly one media type. */
    static Optional<MediaType> of(String field) {
        var scanner = new HeaderFieldScanner(field);
        Optional<String> type = scanner.skipSpace().token();
        boolean hasSubtype = scanner.skip('/');
        Optional<String> subtype = scanner.token();
        if (type.isEmpty() || !hasSubtype || subtype.isEmpty()) {
            return Optional.empty();
        }
        boolean isUtf8 = true;
        while (scanner.skipSpace().skip(';')) {
            Optional<String> name = scanner.skipSpace().token();
            if (name.isPresent()) {
                boolean hasValue = scanner.skipSpace().skip('=');
                Optional<String> value = scanner.skipSpace().word();
                if (!hasValue || value.isEmpty()) {
                    return Optional.empty();
                }
                isUtf8 &= !name.get().equalsIgnoreCase("charset") || isUtf8(value.get());
            }
        }
        String name = (type.get() + "/" + subtype.get()).toLowerCase(Locale.ROOT);
        return scanner.isAtEnd() ? Optional.of(new MediaType(name, isUtf8)) : Optional.empty();
    }

    /** Accepts both names that the Encoding Standard has for UTF-8 and that are in use. */
    private static boolean isUtf8(String charset) {
        return charset.equalsIgnoreCase("utf-8") || charset.equalsIgnoreCase("utf8");
    }
}
