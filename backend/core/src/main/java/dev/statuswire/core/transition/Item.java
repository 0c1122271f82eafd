package dev.statuswire.core.transition;

import dev.statuswire.core.request.HistoryEntry;
import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.StepStatus;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.request.SubmissionOptions;
import dev.statuswire.core.request.Undoing;
import dev.statuswire.core.request.Wait;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A request as an item of the requests table. The item is also an interface: any program that
 * writes an item with {@code owner id type input status=ACCEPTED version=1} has submitted a
 * request.
 *
 * <pre>
 * owner      S   partition key: the user that the request belongs to
 * id         S   sort key: chosen by the client, [A-Za-z0-9_-]{8,64}, or ~ and a UUIDv7
 * life       S   random; identifies the request beyond its id, which can be used again. Absent: set
 *                by the first claim
 * format     N   the version of this format, now 2; absent counts as 1
 * type       S
 * input      S   JSON text, at most 64 KiB of UTF-8
 * status     S   SCHEDULED ACCEPTED RUNNING RETRYING WAITING SUCCEEDED FAILED CANCELLED
 * notBefore  S?  ISO-8601 UTC, milliseconds; as given at submission
 * notAfter   S?  ISO-8601 UTC, milliseconds; a request without steps fails once it has passed
 * tags       SS? at most 10, each at most 64 characters of [A-Za-z0-9_.:-]
 * version    N   1, 2, 3 …; increases by one with every write, except the one that sets shared
 * fence      N   absent counts as 0
 * attempt    N   absent counts as 0
 * failures   N   absent counts as 0
 * steps      L   of M {name, status, startedAt?, endedAt?, output?, error?, undo?: BOOL,
 *                ranBefore?: BOOL, run?: N}; absent: the type's
 * progress   M?  {percent, message}
 * wait       M?  only while WAITING: {step, kind: ANSWER or TIME, prompt?, defaultAnswer?: JSON text};
 *                it ends at dueAt
 * undoing    M?  {outcome: FAILED or CANCELLED, error?}: finished steps are undone, the last one first
 * result     S?  JSON text
 * error      M?  {code, message, step?, retryable}
 * cancelRequested BOOL?
 * shared     BOOL? true once the request has a link
 * createdAt  S   ISO-8601 UTC, milliseconds; absent: set by the first claim
 * updatedAt  S
 * history    L   of S, oldest first, at most the last 64: "version time event by [code]", for each
 *                change of the status; absent counts as empty
 * typeUnknownSince N? epoch milliseconds; only until a worker that knows the type claims it
 * dueShard   S?  only while unfinished: a hash of the whole key, "0" to "255"
 * dueAt      N?  epoch milliseconds; together with dueShard the key of the index "due"
 * expiresAt  N?  epoch seconds; only once finished; the table's TTL attribute. Once it has passed,
 *                readers treat the item as absent, and its id can be used again
 * userReceipt S? random, set by each write of the user. If the response is lost and the SDK sends
 *                the write again, the write is recognized by its receipt
 * workReceipt S? the same for the writes of workers and the sweeper
 * </pre>
 */
public final class Item {

    public static final String OWNER = "owner";
    public static final String ID = "id";
    public static final String LIFE = "life";
    public static final String FORMAT = "format";
    public static final String TYPE = "type";
    public static final String INPUT = "input";
    public static final String STATUS = "status";
    public static final String NOT_BEFORE = "notBefore";
    public static final String NOT_AFTER = "notAfter";
    public static final String TAGS = "tags";
    public static final String WAIT = "wait";
    public static final String UNDOING = "undoing";
    public static final String VERSION = "version";
    public static final String FENCE = "fence";
    public static final String ATTEMPT = "attempt";
    public static final String FAILURES = "failures";
    public static final String STEPS = "steps";
    public static final String PROGRESS = "progress";
    public static final String RESULT = "result";
    public static final String ERROR = "error";
    public static final String CANCEL_REQUESTED = "cancelRequested";
    public static final String SHARED = "shared";
    public static final String CREATED_AT = "createdAt";
    public static final String UPDATED_AT = "updatedAt";
    public static final String HISTORY = "history";
    public static final String TYPE_UNKNOWN_SINCE = "typeUnknownSince";
    public static final String DUE_SHARD = "dueShard";
    public static final String DUE_AT = "dueAt";
    public static final String EXPIRES_AT = "expiresAt";
    public static final String USER_RECEIPT = "userReceipt";
    public static final String WORK_RECEIPT = "workReceipt";

    /** The name of the index of the unfinished requests by due time. */
    public static final String DUE_INDEX = "due";

    /** How times are written, as a regular expression. */
    public static final String TIME_PATTERN =
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z";

    private static final Pattern HISTORY_ENTRY =
            Pattern.compile(
                    "([1-9][0-9]{0,17}) ("
                            + TIME_PATTERN
                            + ") ([a-z-]{1,40}) ([a-z-]{1,40})(?: (.+))?",
                    Pattern.DOTALL);

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final String FOR_ANSWER = "ANSWER";
    private static final String FOR_TIME = "TIME";

    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Item() {}

    /** Returns the primary key of a request's item. */
    public static Map<String, AttributeValue> key(RequestKey key) {
        return Map.of(OWNER, text(key.owner()), ID, text(key.id()));
    }

    /**
     * Returns the key of the request in an item or an index entry.
     *
     * @throws IllegalArgumentException if the item has no key
     */
    public static RequestKey keyOf(Map<String, AttributeValue> item) {
        return new RequestKey(required(item, OWNER), required(item, ID));
    }

    /**
     * Returns when an item or index entry is due; 1970 if it has no due time.
     *
     * @throws IllegalArgumentException if the due time is not an integer
     */
    public static Instant dueAt(Map<String, AttributeValue> item) {
        return Instant.ofEpochMilli(number(item, DUE_AT));
    }

    /**
     * Returns when an item expires; 1970 if it has no expiry time.
     *
     * @throws IllegalArgumentException if the expiry time is not an integer
     */
    public static Instant expiresAt(Map<String, AttributeValue> item) {
        return Instant.ofEpochSecond(number(item, EXPIRES_AT));
    }

    /** Reads an item; empty if it is not a request, or cannot be read. */
    public static Optional<Request> read(Map<String, AttributeValue> item) {
        return reading(item).request();
    }

    /** Reads an item. */
    public static Reading reading(Map<String, AttributeValue> item) {
        try {
            return new Reading.OfRequest(request(item));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException broken) {
            return isMeantAsRequest(item)
                    ? new Reading.Unreadable(keyOf(item), String.valueOf(broken.getMessage()))
                    : new Reading.NoRequest();
        }
    }

    /**
     * Reads an item as of {@code now}. An expired item is not a request. DynamoDB deletes expired
     * items within a few days; until then, readers treat them as absent.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ttl-expired-items.html">Working
     *     with expired items</a>
     */
    public static Reading reading(Map<String, AttributeValue> item, Instant now) {
        return isExpired(item, now) ? new Reading.NoRequest() : reading(item);
    }

    /** Returns whether {@code item} has an expiry time that has passed at {@code now}. */
    public static boolean isExpired(Map<String, AttributeValue> item, Instant now) {
        AttributeValue end = item.get(EXPIRES_AT);
        if (end == null || end.n() == null) {
            return false;
        }
        try {
            return new BigDecimal(end.n()).compareTo(BigDecimal.valueOf(now.getEpochSecond())) <= 0;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    /**
     * Returns whether the item is intended as a request. Other programs may keep items of other
     * kinds in the table; those have neither a type nor a status.
     */
    private static boolean isMeantAsRequest(Map<String, AttributeValue> item) {
        return optional(item, OWNER) != null
                && optional(item, ID) != null
                && (item.containsKey(TYPE) || item.containsKey(STATUS));
    }

    /** The result of reading an item. */
    public sealed interface Reading {

        /** Returns the request, if the item is a request that can be read. */
        default Optional<Request> request() {
            return Optional.empty();
        }

        /** A request. */
        record OfRequest(Request found) implements Reading {
            @Override
            public Optional<Request> request() {
                return Optional.of(found);
            }
        }

        /**
         * An item that is intended as a request, but lacks a required attribute or has an invalid
         * value.
         *
         * @param reason for the log; names the attribute, and contains nothing that a client sent
         */
        record Unreadable(RequestKey key, String reason) implements Reading {}

        /** No item, or another program's item. */
        record NoRequest() implements Reading {}
    }

    private static Request request(Map<String, AttributeValue> item) {
        return new Request(
                requestKeyOf(item),
                optional(item, LIFE),
                Math.max(1, Math.toIntExact(number(item, FORMAT, 0))),
                required(item, TYPE),
                required(item, INPUT),
                options(item),
                Status.of(required(item, STATUS)),
                required(item, STATUS),
                number(item, VERSION, 1),
                number(item, FENCE, 0),
                Math.toIntExact(number(item, ATTEMPT, 0)),
                Math.toIntExact(number(item, FAILURES, 0)),
                steps(item),
                progress(item),
                wait(item),
                undoing(item),
                optional(item, RESULT),
                error(item),
                flag(item, CANCEL_REQUESTED),
                flag(item, SHARED),
                time(item, CREATED_AT),
                time(item, UPDATED_AT),
                item.containsKey(DUE_AT) ? writable(dueAt(item)) : null,
                item.containsKey(EXPIRES_AT) ? writable(expiresAt(item)) : null,
                item.containsKey(TYPE_UNKNOWN_SINCE)
                        ? writable(Instant.ofEpochMilli(number(item, TYPE_UNKNOWN_SINCE)))
                        : null,
                history(item));
    }

    /**
     * Returns the item's key. An id that cannot be used in a URL is refused: the request could
     * appear in a list, but could never be read by its id.
     */
    private static RequestKey requestKeyOf(Map<String, AttributeValue> item) {
        RequestKey key = keyOf(item);
        if (!RequestKey.isValidId(key.id())) {
            throw new IllegalArgumentException("its id cannot be the id of a request");
        }
        return key;
    }

    private static List<StepState> steps(Map<String, AttributeValue> item) {
        AttributeValue steps = item.get(STEPS);
        return steps == null ? List.of() : steps.l().stream().map(step -> step(step.m())).toList();
    }

    private static StepState step(Map<String, AttributeValue> step) {
        return new StepState(
                required(step, "name"),
                StepStatus.of(required(step, "status")),
                required(step, "status"),
                time(step, "startedAt"),
                time(step, "endedAt"),
                optional(step, "output"),
                error(step),
                flag(step, "undo"),
                flag(step, "ranBefore"),
                Math.max(1, Math.toIntExact(number(step, "run", 0))));
    }

    /** Returns the readable entries. */
    private static List<HistoryEntry> history(Map<String, AttributeValue> item) {
        AttributeValue history = item.get(HISTORY);
        return history == null
                ? List.of()
                : history.l().stream().flatMap(it -> entry(it).stream()).toList();
    }

    /** Reads an entry; empty if it is not text in this format. */
    private static Optional<HistoryEntry> entry(AttributeValue stored) {
        Matcher parts = HISTORY_ENTRY.matcher(stored.s() == null ? "" : stored.s());
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new HistoryEntry(
                            Long.parseLong(parts.group(1)),
                            Instant.parse(parts.group(2)),
                            parts.group(3),
                            parts.group(4),
                            parts.group(5)));
        } catch (DateTimeParseException noDate) {
            return Optional.empty();
        }
    }

    private static @Nullable Progress progress(Map<String, AttributeValue> item) {
        AttributeValue progress = item.get(PROGRESS);
        return progress == null || !progress.hasM()
                ? null
                : new Progress(
                        Math.toIntExact(number(progress.m(), "percent")),
                        required(progress.m(), "message"));
    }

    private static @Nullable RequestError error(Map<String, AttributeValue> from) {
        AttributeValue error = from.get(ERROR);
        return error == null || !error.hasM()
                ? null
                : new RequestError(
                        required(error.m(), "code"),
                        required(error.m(), "message"),
                        optional(error.m(), "step"),
                        flag(error.m(), "retryable"));
    }

    private static SubmissionOptions options(Map<String, AttributeValue> item) {
        AttributeValue tags = item.get(TAGS);
        return SubmissionOptions.NONE
                .withNotBefore(time(item, NOT_BEFORE))
                .withNotAfter(time(item, NOT_AFTER))
                .withTags(tags == null ? List.of() : tags.ss());
    }

    /** Reads what the request waits for; null if this release does not know the kind. */
    private static @Nullable Wait wait(Map<String, AttributeValue> item) {
        AttributeValue wait = item.get(WAIT);
        if (wait == null || !wait.hasM()) {
            return null;
        }
        String kind = required(wait.m(), "kind");
        return kind.equals(FOR_ANSWER) || kind.equals(FOR_TIME)
                ? new Wait(
                        required(wait.m(), "step"),
                        kind.equals(FOR_ANSWER),
                        optional(wait.m(), "prompt"),
                        optional(wait.m(), "defaultAnswer"))
                : null;
    }

    private static @Nullable Undoing undoing(Map<String, AttributeValue> item) {
        AttributeValue undoing = item.get(UNDOING);
        return undoing == null || !undoing.hasM()
                ? null
                : new Undoing(Status.of(required(undoing.m(), "outcome")), error(undoing.m()));
    }

    /** Returns how a request ends once its steps are undone, as stored. */
    static AttributeValue undoing(Undoing undoing) {
        var fields = new HashMap<String, AttributeValue>();
        fields.put("outcome", text(undoing.outcome().name()));
        putIfPresent(fields, ERROR, undoing.error() == null ? null : error(undoing.error()));
        return AttributeValue.fromM(fields);
    }

    /** Returns the attributes that contain the client's submission. */
    static Map<String, AttributeValue> submitted(Submission submission) {
        SubmissionOptions options = submission.options();
        var attributes = new HashMap<String, AttributeValue>();
        attributes.put(TYPE, text(submission.type()));
        attributes.put(INPUT, text(submission.input()));
        putIfPresent(attributes, NOT_BEFORE, options.notBefore());
        putIfPresent(attributes, NOT_AFTER, options.notAfter());
        if (!options.tags().isEmpty()) {
            attributes.put(TAGS, AttributeValue.fromSs(options.tags()));
        }
        return attributes;
    }

    /** Returns what a request waits for as stored. */
    static AttributeValue wait(Wait wait) {
        var fields = new HashMap<String, AttributeValue>();
        fields.put("step", text(wait.step()));
        fields.put("kind", text(wait.isForAnswer() ? FOR_ANSWER : FOR_TIME));
        putIfPresent(fields, "prompt", wait.prompt() == null ? null : text(wait.prompt()));
        putIfPresent(
                fields,
                "defaultAnswer",
                wait.defaultAnswer() == null ? null : text(wait.defaultAnswer()));
        return AttributeValue.fromM(fields);
    }

    /** Returns the steps as stored. */
    static AttributeValue steps(List<StepState> steps) {
        return AttributeValue.fromL(steps.stream().map(Item::step).toList());
    }

    /** Returns the step as stored. */
    static AttributeValue step(StepState step) {
        var fields = new HashMap<String, AttributeValue>();
        fields.put("name", text(step.name()));
        fields.put("status", text(step.statusText()));
        putIfPresent(fields, "startedAt", step.startedAt());
        putIfPresent(fields, "endedAt", step.endedAt());
        putIfPresent(fields, "output", step.output() == null ? null : text(step.output()));
        putIfPresent(fields, ERROR, step.error() == null ? null : error(step.error()));
        putIfPresent(fields, "undo", step.undoable() ? AttributeValue.fromBool(true) : null);
        putIfPresent(fields, "ranBefore", step.ranBefore() ? AttributeValue.fromBool(true) : null);
        putIfPresent(fields, "run", step.run() > 1 ? number(step.run()) : null);
        return AttributeValue.fromM(fields);
    }

    /** Returns the entries as stored. */
    static AttributeValue history(List<HistoryEntry> entries) {
        return AttributeValue.fromL(entries.stream().map(Item::entry).toList());
    }

    /** Returns the entry as stored. */
    static AttributeValue entry(HistoryEntry entry) {
        String code = entry.code() == null ? "" : " " + entry.code();
        return text(
                "%d %s %s %s%s"
                        .formatted(
                                entry.version(),
                                format(entry.at()),
                                entry.event(),
                                entry.by(),
                                code));
    }

    /** Returns the progress as stored. */
    static AttributeValue progress(Progress progress) {
        return AttributeValue.fromM(
                Map.of("percent", number(progress.percent()), "message", text(progress.message())));
    }

    /** Returns the error as stored. */
    static AttributeValue error(RequestError error) {
        var fields = new HashMap<String, AttributeValue>();
        fields.put("code", text(error.code()));
        fields.put("message", text(error.message()));
        fields.put("retryable", AttributeValue.fromBool(error.retryable()));
        putIfPresent(fields, "step", error.step() == null ? null : text(error.step()));
        return AttributeValue.fromM(fields);
    }

    private static void putIfPresent(
            Map<String, AttributeValue> fields, String name, @Nullable Instant time) {
        putIfPresent(fields, name, time == null ? null : time(time));
    }

    private static void putIfPresent(
            Map<String, AttributeValue> fields, String name, @Nullable AttributeValue value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    /** Returns the time as stored: ISO-8601 UTC with exactly three decimal places. */
    static AttributeValue time(Instant time) {
        return text(format(time));
    }

    /** Formats a time as in items and documents: ISO-8601 UTC, milliseconds. */
    public static String format(Instant time) {
        return MILLISECONDS.format(time);
    }

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    static long number(Map<String, AttributeValue> item, String attribute) {
        AttributeValue value = item.get(attribute);
        if (value == null) {
            return 0;
        }
        if (value.n() == null) {
            throw new IllegalArgumentException(attribute + " is not a number");
        }
        try {
            return Long.parseLong(value.n());
        } catch (NumberFormatException notWhole) {
            throw new IllegalArgumentException(attribute + " is not an integer", notWhole);
        }
    }

    /** Returns a number that must be at least {@code least}. */
    private static long number(Map<String, AttributeValue> item, String attribute, int least) {
        long number = number(item, attribute);
        if (number < least) {
            throw new IllegalArgumentException(attribute + " is less than " + least);
        }
        return number;
    }

    static boolean flag(Map<String, AttributeValue> item, String attribute) {
        AttributeValue value = item.get(attribute);
        return value != null && Boolean.TRUE.equals(value.bool());
    }

    private static String required(Map<String, AttributeValue> item, String attribute) {
        String value = optional(item, attribute);
        if (value == null) {
            throw new IllegalArgumentException("no " + attribute);
        }
        return value;
    }

    private static @Nullable String optional(Map<String, AttributeValue> item, String attribute) {
        AttributeValue value = item.get(attribute);
        return value == null ? null : value.s();
    }

    private static @Nullable Instant time(Map<String, AttributeValue> item, String attribute) {
        String value = optional(item, attribute);
        return value == null ? null : writable(Instant.parse(value));
    }

    /**
     * Returns {@code time}, which must be in the range that our formats can write: years of four
     * digits.
     */
    private static Instant writable(Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new DateTimeException("out of range: " + time);
        }
        return time;
    }
}
