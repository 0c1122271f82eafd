package dev.statuswire.simulator.site;

import dev.statuswire.core.link.LinkSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The links that owners and steps send to other people. */
public final class SentLinks {

    private final List<Consumer<LinkSecret>> recipients = new ArrayList<>();

    /** Calls {@code recipient} with the secret of each link that is sent from now on. */
    public void onSent(Consumer<LinkSecret> recipient) {
        recipients.add(recipient);
    }

    void send(LinkSecret secret) {
        recipients.forEach(recipient -> recipient.accept(secret));
    }
}
