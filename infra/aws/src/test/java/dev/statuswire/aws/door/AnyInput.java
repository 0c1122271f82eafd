package dev.statuswire.aws.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import java.util.random.RandomGenerator;

/**
 * Generates valid and invalid submissions. The numbers are the same as text and as a double, and
 * both front doors write the characters alike, because the doors are known to differ for others.
 */
final class AnyInput {

    private static final int[] CHARACTERS =
            " aZ09_'\"\\/$#{}[]().,:;!?*@%&<>|\b\t\n\f\r\u0000\u001f\u00e9\u6f22\ufffd"
                    .concat("\ud83c\udf5c\udbff\udfff")
                    .codePoints()
                    .toArray();

    private static final String[] PIECES = {
        "$input.body", "#set($x=1)", "#end", "$!{a}", "\\'", "\\\\\"", "##", "${", "*#", "#if("
    };

    private static final String[] TAGS = {"a", "b:1", "trip_7", "x.y-z"};
    private static final String[] FRACTIONS = {"", ".5", ".12", ".123", ".1239", ".999999999"};

    private final RandomGenerator random;

    AnyInput(RandomGenerator random) {
        this.random = random;
    }

    /** Returns a body. */
    String submission() {
        ObjectNode body = Json.MAPPER.createObjectNode();
        switch (random.nextInt(10)) {
            case 0 -> body.put("type", text());
            case 1, 2, 3 -> body.put("type", "test-order");
            default -> body.put("type", "test-any");
        }
        if (random.nextInt(4) == 0) {
            options(body);
        }
        body.set("input", body.path("type").textValue().equals("test-order") ? order() : any(4));
        if (random.nextInt(20) == 0) {
            body.set(text(), any(1));
        }
        return random.nextBoolean() ? Json.write(body) : body.toPrettyString();
    }

    private void options(ObjectNode body) {
        if (random.nextBoolean()) {
            body.put("notBefore", time());
        }
        if (random.nextInt(3) == 0) {
            body.put("notAfter", time());
        }
        if (random.nextBoolean()) {
            var tags = body.putArray("tags");
            for (int n = random.nextInt(4); n > 0; n--) {
                tags.add(random.nextInt(10) == 0 ? text() : TAGS[random.nextInt(TAGS.length)]);
            }
        }
    }

    /** Returns a time, rarely an invalid one. */
    private String time() {
        if (random.nextInt(8) == 0) {
            return random.nextBoolean() ? text() : "2027-02-29T10:00:00Z";
        }
        return "20%02d-%02d-%02dT%02d:%02d:%02d%sZ"
                .formatted(
                        random.nextInt(100),
                        random.nextInt(1, 13),
                        random.nextInt(1, 32),
                        random.nextInt(24),
                        random.nextInt(60),
                        random.nextInt(60),
                        FRACTIONS[random.nextInt(FRACTIONS.length)]);
    }

    private JsonNode order() {
        ObjectNode order = Json.MAPPER.createObjectNode();
        order.put("dish", random.nextInt(5) == 0 ? text() : "soup");
        order.put("quantity", random.nextInt(25));
        if (random.nextBoolean()) {
            order.putArray("tags").add(text()).add(any(0));
        }
        return order;
    }

    private JsonNode any(int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(depth == 0 ? 6 : 10)) {
            case 0 -> nodes.nullNode();
            case 1 -> nodes.booleanNode(random.nextBoolean());
            case 2 -> nodes.numberNode(random.nextLong());
            case 3 -> nodes.numberNode(random.nextInt(-1000, 1000) / 8.0);
            case 4, 5 -> nodes.textNode(text());
            case 6, 7 -> {
                var array = nodes.arrayNode();
                random.ints(random.nextInt(4)).forEach(_ -> array.add(any(depth - 1)));
                yield array;
            }
            default -> {
                var object = nodes.objectNode();
                random.ints(random.nextInt(4)).forEach(_ -> object.set(text(), any(depth - 1)));
                yield object;
            }
        };
    }

    private String text() {
        var text = new StringBuilder();
        int length = random.nextInt(12);
        for (int i = 0; i < length; i++) {
            if (random.nextInt(8) == 0) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            } else {
                text.appendCodePoint(CHARACTERS[random.nextInt(CHARACTERS.length)]);
            }
        }
        return text.toString();
    }
}
