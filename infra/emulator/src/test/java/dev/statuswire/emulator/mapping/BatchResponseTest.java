package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The documented success and failure conditions.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">Configuring
 *     partial batch response</a>: "Lambda treats a batch as a complete success if you return any of
 *     the following": an empty or null {@code batchItemFailure} list, an empty or null {@code
 *     EventResponse}; "a complete failure": an {@code itemIdentifier} that is an empty string,
 *     null, or has "a bad key name"; "Lambda uses the record with the lowest sequence number as the
 *     checkpoint"
 */
final class BatchResponseTest {

    private static final BatchOutcome DONE = new BatchOutcome.Done();
    private static final BatchOutcome ALL_FAILED = new BatchOutcome.FailedFrom(0);

    private final Batch batch = StreamRecords.batch(8, 12);

    @Test
    void no_response_no_list_or_an_empty_list_is_a_success() {
        assertThat(BatchResponse.read(null, batch)).isEqualTo(DONE);
        assertThat(BatchResponse.read(new StreamsEventResponse(), batch)).isEqualTo(DONE);
        assertThat(report()).isEqualTo(DONE);
    }

    @Test
    void another_type_of_response_is_a_success() {
        assertThat(BatchResponse.read("ok", batch)).isEqualTo(DONE);
    }

    @Test
    void the_lowest_number_counts_compared_as_integers() {
        assertThat(report("10", "9", "11")).isEqualTo(new BatchOutcome.FailedFrom(1));
        assertThat(report("000000000000000000012")).isEqualTo(new BatchOutcome.FailedFrom(4));
    }

    @Test
    void an_empty_null_or_unknown_identifier_fails_the_whole_batch() {
        assertThat(report("")).isEqualTo(ALL_FAILED);
        assertThat(report((String) null)).isEqualTo(ALL_FAILED);
        assertThat(report("abc")).isEqualTo(ALL_FAILED);
        assertThat(report("7")).isEqualTo(ALL_FAILED);
        assertThat(report("11", "99")).isEqualTo(ALL_FAILED);
    }

    @Test
    void a_failure_that_is_null_or_has_a_bad_key_name_fails_the_whole_batch() {
        assertThat(of(Map.of("batchItemFailures", Arrays.asList((Object) null))))
                .isEqualTo(ALL_FAILED);
        assertThat(of(Map.of("batchItemFailures", List.of(Map.of("itemIdentifer", "9")))))
                .isEqualTo(ALL_FAILED);
    }

    /** "You can also create your own custom class using the correct response syntax." */
    @Test
    void a_custom_response_class_is_read_as_json() {
        assertThat(of(new Own(List.of(new OwnFailure("11"), new OwnFailure("10")))))
                .isEqualTo(new BatchOutcome.FailedFrom(2));
        assertThat(of(new Own(List.of()))).isEqualTo(DONE);
        assertThat(of(Map.of("batchItemFailures", List.of(Map.of("itemIdentifier", "10")))))
                .isEqualTo(new BatchOutcome.FailedFrom(2));
        assertThat(of(Map.of())).as("an empty EventResponse").isEqualTo(DONE);
    }

    private BatchOutcome report(@Nullable String... identifiers) {
        return of(
                new StreamsEventResponse(
                        Arrays.stream(identifiers).map(BatchItemFailure::new).toList()));
    }

    private BatchOutcome of(Object response) {
        return BatchResponse.read(response, batch);
    }

    /** Beans, because the managed runtime's library requires them. */
    public static final class Own {
        private final List<OwnFailure> failures;

        Own(List<OwnFailure> failures) {
            this.failures = failures;
        }

        public List<OwnFailure> getBatchItemFailures() {
            return failures;
        }
    }

    public static final class OwnFailure {
        private final String identifier;

        OwnFailure(String identifier) {
            this.identifier = identifier;
        }

        public String getItemIdentifier() {
            return identifier;
        }
    }
}
