package dev.statuswire.api.request;

import dev.statuswire.api.http.HeaderFieldScanner;
import dev.statuswire.core.request.Request;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The versions that a client already has, from {@code If-None-Match}. Tags are compared weakly, and
 * may contain any character except a quote. Anything else in the header is ignored.
 *
 * @param any whether a header is {@code *}, which matches any version
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2">RFC 9110, section 13.1.2</a>
 */
record EntityTags(boolean any, List<String> tags) {

    static EntityTags of(Collection<String> fields) {
        var tags = new ArrayList<String>();
        fields.forEach(field -> addTo(tags, new HeaderFieldScanner(field)));
        return new EntityTags(
                fields.stream().anyMatch(field -> field.strip().equals("*")), List.copyOf(tags));
    }

    private static void addTo(List<String> tags, HeaderFieldScanner scanner) {
        while (!scanner.skipSpace().isAtEnd()) {
            boolean isTag = !scanner.skip('W') || scanner.skip('/');
            Optional<String> opaque = scanner.opaque();
            if (isTag && scanner.skipSpace().isAt(",")) {
                opaque.ifPresent(tag -> tags.add("\"" + tag + "\""));
            }
            scanner.skipTo(',');
            scanner.skip(',');
        }
    }

    /** Returns the tag of {@code request}: its life, empty if it has none, and its version. */
    static String of(Request request) {
        String life = request.life() == null ? "" : request.life();
        return "\"" + life + "-" + request.version() + "\"";
    }

    boolean areAbsent() {
        return !any && tags.isEmpty();
    }

    boolean have(Request request) {
        return any || tags.contains(of(request));
    }
}
