package dev.statuswire.schema;

import dev.statuswire.schema.regex.EcmaPattern;
import dev.statuswire.schema.regex.ValidationBudget;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The values of the keyword {@code format}. The whole string must have the format. */
final class Formats {

    private static final String HOST_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final String MAIL_LABEL =
            "[A-Za-z0-9\\u0080-\\u{10FFFF}](?:[A-Za-z0-9\\u0080-\\u{10FFFF}-]{0,61}"
                    + "[A-Za-z0-9\\u0080-\\u{10FFFF}])?";
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\u0080-\\u{10FFFF}-]+";
    private static final String QUOTED = "\"(?:[ !#-\\[\\]-~\\u0080-\\u{10FFFF}]|\\\\[ -~])*\"";
    private static final String IN_PATH = "(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})";
    private static final String IN_QUERY = "(?:" + IN_PATH + "|[/?])*";
    private static final String IN_USER = "(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*";
    private static final String IN_HOST = "(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*";
    private static final String IN_BRACKETS =
            "\\[(?:[0-9A-Fa-f:.]+|[vV][0-9A-Fa-f]+\\.[A-Za-z0-9._~!$&'()*+,;=:-]+)\\]";

    private static final EcmaPattern HOST_NAME = whole(HOST_LABEL + "(?:\\." + HOST_LABEL + ")*");
    private static final EcmaPattern MAILBOX =
            whole(
                    "(?:"
                            + ATOM
                            + "(?:\\."
                            + ATOM
                            + ")*|"
                            + QUOTED
                            + ")@(?:"
                            + MAIL_LABEL
                            + "(?:\\."
                            + MAIL_LABEL
                            + ")*|\\[[0-9.]+\\]|\\[IPv6:[0-9A-Fa-f:.]+\\])");
    private static final EcmaPattern URI =
            whole(
                    "[A-Za-z][A-Za-z0-9+.-]*:(?://(?:"
                            + IN_USER
                            + "@)?(?:"
                            + IN_BRACKETS
                            + "|"
                            + IN_HOST
                            + ")(?::[0-9]*)?(?:/"
                            + IN_PATH
                            + "*)*|/?(?:"
                            + IN_PATH
                            + "+(?:/"
                            + IN_PATH
                            + "*)*)?)(?:\\?"
                            + IN_QUERY
                            + ")?(?:#"
                            + IN_QUERY
                            + ")?");
    private static final EcmaPattern BYTE = whole("0|[1-9][0-9]{0,2}");
    private static final EcmaPattern GROUP = whole("[0-9A-Fa-f]{1,4}");
    private static final EcmaPattern UUID =
            whole("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
    private static final EcmaPattern DATE = whole("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final EcmaPattern TIME =
            whole(
                    "(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\\.[0-9]+)?"
                            + "(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])");

    private static final int LONGEST_HOST_NAME = 253;
    private static final int LONGEST_LOCAL_PART = 64;
    private static final int IPV6_GROUPS = 8;
    private static final int MINUTES_OF_A_DAY = 24 * 60;

    /**
     * RFC 5321 Mailbox, RFC 3986 URI, RFC 3339 full-date, date-time and time, RFC 4122 UUID, RFC
     * 2673 and RFC 4291 IP addresses, RFC 1123 host name, and ECMA-262 pattern.
     */
    private static final Map<String, Format> ALL =
            Map.of(
                    "email", new Format("an email address", Formats::isMailbox),
                    "uri", new Format("a URI such as https://example.org", Formats::isUri),
                    "date", new Format("a date such as 2026-11-20", Formats::isDate),
                    "date-time",
                            new Format(
                                    "a date and time such as 2026-11-20T10:00:00Z",
                                    Formats::isDateTime),
                    "time", new Format("a time such as 10:00:00Z", Formats::isTime),
                    "uuid", new Format("a UUID", UUID::isFoundIn),
                    "ipv4", new Format("an IPv4 address", Formats::isIpv4),
                    "ipv6", new Format("an IPv6 address", Formats::isIpv6),
                    "hostname", new Format("a host name", Formats::isHostName),
                    "regex", new Format("an ECMA-262 regular expression", Formats::isPattern));

    private Formats() {}

    @FunctionalInterface
    private interface FormatCheck {
        boolean accepts(String text, ValidationBudget budget);
    }

    /**
     * @param name completes a message that starts with "must be"
     */
    private record Format(String name, FormatCheck check) {}

    /** Compiles {@code format}; returns null if this format is not checked. */
    static @Nullable Keyword find(String format) {
        Format found = ALL.get(format);
        if (found == null) {
            return null;
        }
        String error = "must be " + found.name;
        return (value, place, validation) -> {
            String text = value.textValue();
            if (text != null && !found.check.accepts(text, validation.budget())) {
                validation.add(place, error);
            }
        };
    }

    private static EcmaPattern whole(String pattern) {
        return EcmaPattern.of("^(?:" + pattern + ")$");
    }

    private static boolean isMailbox(String text, ValidationBudget budget) {
        if (!MAILBOX.isFoundIn(text, budget)) {
            return false;
        }
        int at = text.lastIndexOf('@');
        if (text.substring(0, at).getBytes(StandardCharsets.UTF_8).length > LONGEST_LOCAL_PART) {
            return false;
        }
        String domain = text.substring(at + 1);
        if (domain.startsWith("[IPv6:")) {
            return isIpv6(domain.substring(6, domain.length() - 1), budget);
        }
        if (domain.startsWith("[")) {
            return isIpv4(domain.substring(1, domain.length() - 1), budget);
        }
        return domain.length() <= LONGEST_HOST_NAME;
    }

    private static boolean isHostName(String text, ValidationBudget budget) {
        return text.length() <= LONGEST_HOST_NAME && HOST_NAME.isFoundIn(text, budget);
    }

    private static boolean isUri(String text, ValidationBudget budget) {
        if (!URI.isFoundIn(text, budget)) {
            return false;
        }
        int open = text.indexOf('[');
        return open < 0
                || text.startsWith("v", open + 1)
                || text.startsWith("V", open + 1)
                || isIpv6(text.substring(open + 1, text.indexOf(']')), budget);
    }

    private static boolean isIpv4(String text, ValidationBudget budget) {
        String[] bytes = text.length() > 15 ? new String[0] : text.split("\\.", -1);
        for (String part : bytes) {
            if (!BYTE.isFoundIn(part, budget) || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return bytes.length == 4;
    }

    private static boolean isIpv6(String text, ValidationBudget budget) {
        if (text.length() > 45) {
            return false;
        }
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true, budget) == IPV6_GROUPS;
        }
        String before = text.substring(0, gap);
        String after = text.substring(gap + 2);
        int left = before.isEmpty() ? 0 : groups(before, false, budget);
        int right = after.isEmpty() ? 0 : groups(after, true, budget);
        return left >= 0 && right >= 0 && left + right < IPV6_GROUPS;
    }

    /**
     * Returns how many groups of 16 bits {@code text} has; negative if it contains anything else.
     */
    private static int groups(String text, boolean mayEndInIpv4, ValidationBudget budget) {
        String[] parts = text.split(":", -1);
        int groups = 0;
        for (int i = 0; i < parts.length; i++) {
            if (GROUP.isFoundIn(parts[i], budget)) {
                groups++;
            } else if (mayEndInIpv4 && i == parts.length - 1 && isIpv4(parts[i], budget)) {
                groups += 2;
            } else {
                return -1;
            }
        }
        return groups;
    }

    private static boolean isDate(String text, ValidationBudget budget) {
        if (!DATE.isFoundIn(text, budget)) {
            return false;
        }
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeException noSuchDay) {
            return false;
        }
    }

    private static boolean isDateTime(String text, ValidationBudget budget) {
        return text.length() > 11
                && (text.charAt(10) == 'T' || text.charAt(10) == 't')
                && isDate(text.substring(0, 10), budget)
                && isTime(text.substring(11), budget);
    }

    /** A leap second is valid only as the last second of a day in UTC. */
    private static boolean isTime(String text, ValidationBudget budget) {
        if (!TIME.isFoundIn(text, budget)) {
            return false;
        }
        if (!text.startsWith("60", 6)) {
            return true;
        }
        int sign = text.contains("+") ? -1 : 1;
        String offset =
                text.endsWith("Z") || text.endsWith("z")
                        ? "00:00"
                        : text.substring(text.length() - 5);
        int minute = minuteOf(text.substring(0, 5)) + sign * minuteOf(offset);
        return Math.floorMod(minute, MINUTES_OF_A_DAY) == MINUTES_OF_A_DAY - 1;
    }

    private static int minuteOf(String time) {
        return LocalTime.parse(time).toSecondOfDay() / 60;
    }

    private static boolean isPattern(String text, ValidationBudget budget) {
        try {
            EcmaPattern.check(text, budget);
            return true;
        } catch (PatternSyntaxException broken) {
            return false;
        }
    }
}
