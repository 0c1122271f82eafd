package dev.statuswire.tests.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Makes valid input slightly wrong. */
final class InputMutator {

    /** Replacements for a JSON value; the last ones are not JSON. */
    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "0",
                    "-1",
                    "-0.0",
                    "1.5",
                    "2147483648",
                    "9223372036854775808",
                    "1e400",
                    "1e999999999",
                    "-1e-999999999",
                    "1e99999999999999999999",
                    "9".repeat(400),
                    "0." + "0".repeat(2000) + "1",
                    "\"\"",
                    "\" \"",
                    "\"\\u0000\"",
                    "\"a\\u0000b\"",
                    "\"\\ud800\"",
                    "\"\\udc00\\ud800\"",
                    "\"\\ufeff\\u202e\"",
                    "\"\uD83C\uDF55 i\u0307 \u00df\"",
                    "\"../../etc/passwd\"",
                    "\"<script>alert(1)</script>\"",
                    "\"" + "x".repeat(300) + "\"",
                    "\"" + "\u00e9".repeat(33_000) + "\"",
                    "[]",
                    "{}",
                    "[null,[[]],{}]",
                    "{\"__proto__\":{\"a\":1},\"\":0}",
                    "[".repeat(90) + "]".repeat(90),
                    "[".repeat(3000) + "]".repeat(3000),
                    "NaN",
                    "01",
                    "'x'",
                    "[1,]",
                    "\"\\x\"",
                    "\"");

    /** Replacements for a part of a path, a parameter or a header. */
    private static final List<String> TEXTS =
            List.of(
                    "",
                    ".",
                    "..",
                    "../..",
                    "%2e%2e",
                    "..%2f..%2fetc%2fpasswd",
                    "%2e%2e%5c%2e%2e%5cwindows",
                    "a%2fb",
                    "a%5cb",
                    "a//b",
                    "%00",
                    "order-%00-0001",
                    "%ff%fe",
                    "%c0%af",
                    "%ed%a0%80",
                    "%",
                    "%zz",
                    "%u0041",
                    "%0d%0aX-Injected:%20yes",
                    "+",
                    "%20%20%20%20%20%20%20%20",
                    ";jsessionid=1",
                    "order-0001;a=b",
                    "%3b",
                    "?",
                    "??a=b",
                    "#x",
                    "*",
                    "{id}",
                    "%7bid%7d",
                    "null",
                    "-1",
                    "0",
                    "101",
                    "99999999999999999999",
                    "caf\u00e9-latte",
                    "\uD83C\uDF55\uD83C\uDF55\uD83C\uDF55",
                    "x".repeat(64),
                    "x".repeat(65),
                    "x".repeat(3000),
                    "x".repeat(20_000),
                    "local%23order-0001",
                    "ACCEPTED,,FAILED",
                    "accepted",
                    ",".repeat(500),
                    "a,".repeat(200) + "a",
                    "MTo",
                    "MTpvcmRlci0wMDAx",
                    "MTpvcmRlci0wMDAx==",
                    "MjpvcmRlci0wMDAx",
                    "\"3\"",
                    "W/\"3\",\"4\",*",
                    "\"",
                    "wait=0",
                    "wait=-1, wait=\"0\"",
                    "respond-async; wait=0",
                    "wait=" + "0".repeat(2000));

    private InputMutator() {}

    static <T> T any(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    static boolean oneIn(int times, Random random) {
        return random.nextInt(times) == 0;
    }

    /** Returns a text that is rarely valid. */
    static String text(Random random) {
        return any(TEXTS, random);
    }

    /** Returns {@code value}, or another text in one of {@code oneIn} cases. */
    static String text(String value, int oneIn, Random random) {
        return oneIn(oneIn, random) ? text(random) : value;
    }

    /** Returns {@code json} as text, with an error in about one of {@code oneIn} places. */
    static String json(JsonNode json, int oneIn, Random random) {
        if (oneIn(oneIn, random)) {
            return any(VALUES, random);
        }
        return switch (json.getNodeType()) {
            case OBJECT -> object(json, oneIn, random);
            case ARRAY -> array(json, oneIn, random);
            default -> json.toString();
        };
    }

    private static String array(JsonNode array, int oneIn, Random random) {
        var elements = new ArrayList<String>();
        array.forEach(element -> elements.add(json(element, oneIn, random)));
        if (!elements.isEmpty() && oneIn(oneIn, random)) {
            elements.add(elements.getFirst());
        }
        return "[" + String.join(",", elements) + "]";
    }

    private static String object(JsonNode object, int oneIn, Random random) {
        var members = new ArrayList<String>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String text = json(member.getValue(), oneIn, random);
            switch (random.nextInt(oneIn * 4)) {
                case 0 ->
                        members.add("\"" + member.getKey().toUpperCase(Locale.ROOT) + "\":" + text);
                case 1 -> members.add(any(VALUES, random) + ":" + text);
                case 2 ->
                        members.addAll(
                                List.of(
                                        "\"" + member.getKey() + "\":1",
                                        "\"" + member.getKey() + "\":" + text));
                case 3 -> {} // left out
                default -> members.add("\"" + member.getKey() + "\":" + text);
            }
        }
        return "{" + String.join(",", members) + "}";
    }

    /** Returns {@code bytes} with a few of them changed, removed or repeated, or cut off. */
    static byte[] bytes(byte[] bytes, Random random) {
        var changed = new ByteArrayOutputStream();
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(8));
        changed.write(bytes, 0, from);
        switch (random.nextInt(5)) {
            case 0 -> {} // left out
            case 1 -> changed.writeBytes(new byte[] {(byte) random.nextInt(256)});
            case 2 -> changed.writeBytes(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80});
            case 3 -> {
                for (int times = 0; times < 50; times++) {
                    changed.write(bytes, from, to - from);
                }
            }
            default -> {
                return changed.toByteArray();
            }
        }
        changed.write(bytes, to, bytes.length - to);
        return changed.toByteArray();
    }
}
