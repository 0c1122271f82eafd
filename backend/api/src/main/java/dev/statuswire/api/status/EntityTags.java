package dev.statuswire.api.status;

import dev.statuswire.core.request.Request;
import java.util.Collection;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The versions that a client has already, from {@code If-None-Match}. Tags are compared weakly;
 * what is not a tag is passed over.
 *
 * @param any whether it said {@code *}: whatever there is
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2">RFC 9110, section 13.1.2</a>
 */
record EntityTags(boolean any, List<String> tags) {

    private static final Pattern TAG = Pattern.compile("\"[\\x21\\x23-\\x7e]*\"");

    static EntityTags of(Collection<String> headers) {
        return new EntityTags(
                headers.stream().anyMatch(header -> header.strip().equals("*")),
                headers.stream()
                        .flatMap(header -> TAG.matcher(header).results().map(MatchResult::group))
                        .toList());
    }

    /** The tag of {@code request}: its life, empty if it has none, and its version. */
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
