package dev.statuswire.notifier.frame;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;

/** Creates the frames that reply to messages of a page, as JSON text. */
public final class ReplyFrames {

    private ReplyFrames() {}

    /**
     * Returns the reply to a subscription: from now on every change is pushed, so the page now
     * reads the list.
     */
    public static String subscribed() {
        return Json.write(ofType("subscribed"));
    }

    /** Returns the reply to a ping, which keeps an idle connection open. */
    public static String pong() {
        return Json.write(ofType("pong"));
    }

    /**
     * Returns the reply to a message that was not carried out.
     *
     * @param code for programs
     * @param message for people; tells them what to do
     */
    public static String error(String code, String message) {
        return Json.write(ofType("error").put("code", code).put("message", message));
    }

    private static ObjectNode ofType(String type) {
        return Json.MAPPER.createObjectNode().put("type", type);
    }
}
