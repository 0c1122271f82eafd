package dev.statuswire.api.request;

import dev.statuswire.api.http.HeaderFieldScanner;
import dev.statuswire.core.request.Request;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The versions that a client already has, from {@code If-None-Match}. Tags are compared weakly, and
 * may contain any character except a quote. Anything else in the header is ignored.
 *
 * @param any whether a header is {@code *}, which matches any version
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2">RFC 9110, section 13.1.2</a>
 */
record EntityTags(boolean any, List<String> tags) {

    /**
     * The lives that a tag can contain. Other programs may store requests with any life.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3">RFC 9110, section
     *     8.8.3</a>
     */
    private static final Pattern LIFE = Pattern.compile("[!#-~]{0,200}");

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

    /**
     * Returns the tag of {@code request}: its life, if it has one, and its version; empty if a tag
     * cannot contain the life.
     */
    static Optional<String> of(Request request) {
        String life = request.life() == null ? "" : request.life();
        return LIFE.matcher(life).matches()
                ? Optional.of("\"" + life + "-" + request.version() + "\"")
                : Optional.empty();
    }

    boolean areAbsent() {
        return !any && tags.isEmpty();
    }

    boolean have(Request request) {
        return any || of(request).filter(tags::contains).isPresent();
    }
}
