package dev.statuswire.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The list of success and failure conditions on Lambda's page on partial batch responses. */
final class BatchResponseTest {

    private static final Outcome DONE = new Outcome.Done();
    private static final Outcome ALL_FAILED = new Outcome.FailedFrom(0);

    private final Batch batch = StreamRecords.batch(8, 12);

    @Test
    void no_response_and_no_list_and_an_empty_list_are_success() {
        assertThat(BatchResponse.read(null, batch, true)).isEqualTo(DONE);
        assertThat(BatchResponse.read(new StreamsEventResponse(), batch, true)).isEqualTo(DONE);
        assertThat(report()).isEqualTo(DONE);
    }

    @Test
    void another_type_of_response_is_success() {
        assertThat(BatchResponse.read("ok", batch, true)).isEqualTo(DONE);
    }

    @Test
    void the_lowest_number_counts_and_lowest_is_meant_as_an_integer() {
        assertThat(report("10", "9", "11")).isEqualTo(new Outcome.FailedFrom(1));
        assertThat(report("000000000000000000012")).isEqualTo(new Outcome.FailedFrom(4));
    }

    @Test
    void an_empty_a_null_and_an_unknown_identifier_fail_the_whole_batch() {
        assertThat(report("")).isEqualTo(ALL_FAILED);
        assertThat(report((String) null)).isEqualTo(ALL_FAILED);
        assertThat(report("abc")).isEqualTo(ALL_FAILED);
        assertThat(report("7")).isEqualTo(ALL_FAILED);
        assertThat(report("11", "99")).isEqualTo(ALL_FAILED);
    }

    @Test
    void a_report_that_the_mapping_did_not_ask_for_is_success() {
        StreamsEventResponse response =
                new StreamsEventResponse(Arrays.asList(new BatchItemFailure("9")));
        assertThat(BatchResponse.read(response, batch, false)).isEqualTo(DONE);
    }

    private Outcome report(@Nullable String... identifiers) {
        return BatchResponse.read(
                new StreamsEventResponse(
                        Arrays.stream(identifiers).map(BatchItemFailure::new).toList()),
                batch,
                true);
    }
}
