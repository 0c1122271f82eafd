package dev.statuswire.core.transition;

import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.StepStatus;
import dev.statuswire.core.request.Submission;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A request as an item of the requests table, which is an interface of its own: whoever writes an
 * item with {@code owner id type input status=ACCEPTED version=1} has submitted a request.
 *
 * <pre>
 * owner      S   partition key: whose it is
 * id         S   sort key: the client's choice, [A-Za-z0-9_-]{8,64}, or ~ and a UUIDv7
 * life       S   random: a request's identity beyond its id, which can be used again; absent: given
 *                at the first claim
 * format     N   the version of this format, now 2; absent counts as 1
 * type       S
 * input      S   JSON text, at most 64 KiB of UTF-8
 * status     S   ACCEPTED RUNNING RETRYING SUCCEEDED FAILED CANCELLED
 * version    N   1, 2, 3 …: one up with every write
 * fence      N   absent counts as 0
 * attempt    N   absent counts as 0
 * failures   N   absent counts as 0
 * steps      L   of M {name, status, startedAt?, endedAt?, output?, error?}; absent: the type's
 * progress   M?  {percent, message}
 * result     S?  JSON text
 * error      M?  {code, message, step?, retryable}
 * cancelRequested BOOL?
 * createdAt  S   ISO-8601 UTC, milliseconds; absent: the time of the first claim
 * updatedAt  S
 * typeUnknownSince N? epoch milliseconds; only while no worker that knows the type has claimed it
 * dueShard   S?  only while unfinished: a hash of the whole key, "0" to "255"
 * dueAt      N?  epoch milliseconds; with dueShard the key of the index "due"
 * expiresAt  N?  epoch seconds; only once finished; the table's TTL. From then on readers take the
 *                item for absent, and its id can be used again
 * userReceipt S? what the user's last write, a worker's last write is known by: where the answer to
 * workReceipt S? it was lost and the SDK sent it again
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
    public static final String VERSION = "version";
    public static final String FENCE = "fence";
    public static final String ATTEMPT = "attempt";
    public static final String FAILURES = "failures";
    public static final String STEPS = "steps";
    public static final String PROGRESS = "progress";
    public static final String RESULT = "result";
    public static final String ERROR = "error";
    public static final String CANCEL_REQUESTED = "cancelRequested";
    public static final String CREATED_AT = "createdAt";
    public static final String UPDATED_AT = "updatedAt";
    public static final String TYPE_UNKNOWN_SINCE = "typeUnknownSince";
    public static final String DUE_SHARD = "dueShard";
    public static final String DUE_AT = "dueAt";
    public static final String EXPIRES_AT = "expiresAt";
    public static final String USER_RECEIPT = "userReceipt";
    public static final String WORK_RECEIPT = "workReceipt";

    /** The index of what is due. */
    public static final String DUE_INDEX = "due";

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Item() {}

    /** The primary key of {@code key}'s item. */
    public static Map<String, AttributeValue> key(RequestKey key) {
        return Map.of(OWNER, text(key.owner()), ID, text(key.id()));
    }

    /**
     * The key of an item, or of what an index has of it.
     *
     * @throws IllegalArgumentException where it has none
     */
    public static RequestKey keyOf(Map<String, AttributeValue> item) {
        return new RequestKey(required(item, OWNER), required(item, ID));
    }

    /**
     * When an item, or what the index of what is due has of it, is due; 1970 where it never is.
     *
     * @throws IllegalArgumentException where that is no whole number
     */
    public static Instant dueAt(Map<String, AttributeValue> item) {
        return Instant.ofEpochMilli(number(item, DUE_AT));
    }

    /**
     * When the table forgets an item; 1970 if it says nothing of it.
     *
     * @throws IllegalArgumentException if that is not a whole number
     */
    public static Instant expiresAt(Map<String, AttributeValue> item) {
        return Instant.ofEpochSecond(number(item, EXPIRES_AT));
    }

    /** The request that {@code item} says; empty if it is not a request, or cannot be read. */
    public static Optional<Request> read(Map<String, AttributeValue> item) {
        return reading(item).request();
    }

    /** What {@code item} says. */
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
     * What {@code item} says at {@code now}: nothing, if its time is over. DynamoDB deletes an
     * expired item within a few days; until then, readers take it for absent.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ttl-expired-items.html">Working
     *     with expired items</a>
     */
    public static Reading reading(Map<String, AttributeValue> item, Instant now) {
        return isExpired(item, now) ? new Reading.NoRequest() : reading(item);
    }

    /** Whether {@code item} has a time to live, and it is over at {@code now}. */
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

    /** Other programs keep items of other kinds beside the requests; they have none of the two. */
    private static boolean isMeantAsRequest(Map<String, AttributeValue> item) {
        return optional(item, OWNER) != null
                && optional(item, ID) != null
                && (item.containsKey(TYPE) || item.containsKey(STATUS));
    }

    /** What was found in the table. */
    public sealed interface Reading {

        /** The request, if it is one that can be read. */
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
         * An item that is meant to be a request, but lacks what every request has or says what none
         * can say.
         *
         * @param reason for the log; names the attribute, and nothing that a client sent
         */
        record Unreadable(RequestKey key, String reason) implements Reading {}

        /** No item, or another program's. */
        record NoRequest() implements Reading {}
    }

    private static Request request(Map<String, AttributeValue> item) {
        return new Request(
                requestKeyOf(item),
                optional(item, LIFE),
                Math.max(1, Math.toIntExact(number(item, FORMAT, 0))),
                required(item, TYPE),
                required(item, INPUT),
                Status.of(required(item, STATUS)),
                required(item, STATUS),
                number(item, VERSION, 1),
                number(item, FENCE, 0),
                Math.toIntExact(number(item, ATTEMPT, 0)),
                Math.toIntExact(number(item, FAILURES, 0)),
                steps(item),
                progress(item),
                optional(item, RESULT),
                error(item),
                flag(item, CANCEL_REQUESTED),
                time(item, CREATED_AT),
                time(item, UPDATED_AT),
                item.containsKey(DUE_AT) ? writable(dueAt(item)) : null,
                item.containsKey(EXPIRES_AT) ? writable(expiresAt(item)) : null,
                item.containsKey(TYPE_UNKNOWN_SINCE)
                        ? writable(Instant.ofEpochMilli(number(item, TYPE_UNKNOWN_SINCE)))
                        : null);
    }

    /** A request whose id cannot stand in a URL could be seen in a list, but never be read. */
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
                error(step));
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

    /** The attributes that say what a client submitted. */
    static Map<String, AttributeValue> submitted(Submission submission) {
        return Map.of(TYPE, text(submission.type()), INPUT, text(submission.input()));
    }

    /** Steps as stored. */
    static AttributeValue steps(List<StepState> steps) {
        return AttributeValue.fromL(steps.stream().map(Item::step).toList());
    }

    /** A step as stored. */
    static AttributeValue step(StepState step) {
        var fields = new HashMap<String, AttributeValue>();
        fields.put("name", text(step.name()));
        fields.put("status", text(step.statusText()));
        putIfPresent(fields, "startedAt", step.startedAt() == null ? null : time(step.startedAt()));
        putIfPresent(fields, "endedAt", step.endedAt() == null ? null : time(step.endedAt()));
        putIfPresent(fields, "output", step.output() == null ? null : text(step.output()));
        putIfPresent(fields, ERROR, step.error() == null ? null : error(step.error()));
        return AttributeValue.fromM(fields);
    }

    /** Progress as stored. */
    static AttributeValue progress(Progress progress) {
        return AttributeValue.fromM(
                Map.of("percent", number(progress.percent()), "message", text(progress.message())));
    }

    /** An error as stored. */
    static AttributeValue error(RequestError error) {
        var fields = new HashMap<String, AttributeValue>();
        fields.put("code", text(error.code()));
        fields.put("message", text(error.message()));
        fields.put("retryable", AttributeValue.fromBool(error.retryable()));
        putIfPresent(fields, "step", error.step() == null ? null : text(error.step()));
        return AttributeValue.fromM(fields);
    }

    private static void putIfPresent(
            Map<String, AttributeValue> fields, String name, @Nullable AttributeValue value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    /** A time as stored: ISO-8601 UTC with exactly three digits of the second. */
    static AttributeValue time(Instant time) {
        return text(format(time));
    }

    /** A time as every contract of ours writes it: ISO-8601 UTC, milliseconds. */
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
            throw new IllegalArgumentException(attribute + " is not a whole number", notWhole);
        }
    }

    /** A number that is not below {@code least}. */
    private static long number(Map<String, AttributeValue> item, String attribute, int least) {
        long number = number(item, attribute);
        if (number < least) {
            throw new IllegalArgumentException(attribute + " is below " + least);
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

    /** {@code time}, which is to be one that our contracts can write: its year has four digits. */
    private static Instant writable(Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new DateTimeException("out of range: " + time);
        }
        return time;
    }
}
