package dev.statuswire.notifier.frame;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;

/** The frames that answer what a page sent, as JSON text. */
public final class ReplyFrames {

    private ReplyFrames() {}

    /** The page is told of every change from now on, so now it reads the list. */
    public static String subscribed() {
        return Json.write(ofType("subscribed"));
    }

    /** The answer to a ping, which keeps an idle connection open. */
    public static String pong() {
        return Json.write(ofType("pong"));
    }

    /**
     * Something that the page asked for is not done.
     *
     * @param code for programs
     * @param message for people; says what to do
     */
    public static String error(String code, String message) {
        return Json.write(ofType("error").put("code", code).put("message", message));
    }

    private static ObjectNode ofType(String type) {
        return Json.MAPPER.createObjectNode().put("type", type);
    }
}
