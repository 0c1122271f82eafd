package dev.statuswire.processor.work;

import dev.statuswire.core.link.LinkOptions;
import dev.statuswire.core.link.LinkScope;
import dev.statuswire.core.link.Links;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.settings.PublicUrl;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/** Creates the links that steps send to those who are to answer. Thread-safe. */
public final class StepLinks {

    private final Links links;
    private final Supplier<Optional<PublicUrl>> publicUrl;

    /**
     * @param publicUrl returns the URL of the page, which the links start with; empty if it is not
     *     known
     */
    public StepLinks(Links links, Supplier<Optional<PublicUrl>> publicUrl) {
        this.links = links;
        this.publicUrl = publicUrl;
    }

    /** Creates a link to answer {@code step} of {@code request}. Blocks for the database. */
    URI create(Request request, String step) {
        PublicUrl page =
                publicUrl
                        .get()
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "a link needs the setting STATUSWIRE_PUBLIC_URL,"
                                                        + " the URL of the page"));
        var options =
                new LinkOptions(LinkScope.ANSWER, step, "sent by a step", false, links.latestEnd());
        return links.create(request, options)
                .map(created -> page.link(created.secret().text()))
                .orElseThrow(
                        () -> new IllegalStateException("the request does not exist any more"));
    }
}
