package dev.statuswire.client;

import static dev.statuswire.client.KnownRequest.Verdict.CHANGED;
import static dev.statuswire.client.KnownRequest.Verdict.NOTHING;
import static dev.statuswire.client.KnownRequest.Verdict.REMOVED;
import static dev.statuswire.client.KnownRequest.Verdict.REPLACED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KnownRequestTest {

    private static final String EARLY = "2026-01-01T00:00:00Z";
    private static final String LATE = "2026-01-02T00:00:00Z";

    private final KnownRequest request = KnownRequest.unknown();

    private static StatusDocument document(@Nullable String life, int version, String... members) {
        return StatusDocument.of(
                ClientJson.read(
                        """
                        {"id":"some-id-1","life":%s,"version":%d,"status":"RUNNING"%s}
                        """
                                .formatted(
                                        life == null ? null : "\"" + life + "\"",
                                        version,
                                        String.join("", members))));
    }

    private static String createdAt(String time) {
        return ",\"createdAt\":\"" + time + "\"";
    }

    @Test
    void first_document_is_new() {
        assertThat(request.pushed(document("a", 3), 1)).isEqualTo(CHANGED);
    }

    @ParameterizedTest
    @CsvSource({"2, NOTHING", "3, NOTHING", "4, CHANGED"})
    void higher_version_is_new(int version, KnownRequest.Verdict verdict) {
        request.pushed(document("a", 3), 1);

        assertThat(request.pushed(document("a", version), 2)).isEqualTo(verdict);
        assertThat(request.mustRead()).isFalse();
    }

    @Test
    void read_of_a_lower_version_is_not_new() {
        request.pushed(document("a", 3), 2);

        assertThat(request.read(document("a", 2), 1, 3)).isEqualTo(NOTHING);
        assertThat(request.read(document("a", 4), 1, 3)).isEqualTo(CHANGED);
    }

    @Test
    void partial_document_must_be_read() {
        request.pushed(document("a", 3), 1);

        assertThat(request.pushed(document("a", 4, ",\"partial\":true"), 2)).isEqualTo(NOTHING);
        assertThat(request.mustRead()).isTrue();
        assertThat(request.read(document("a", 4), 2, 3)).isEqualTo(CHANGED);
        assertThat(request.mustRead()).isFalse();
    }

    @Test
    void request_that_gets_its_life_later_is_the_same() {
        request.pushed(document(null, 1), 1);

        assertThat(request.pushed(document("a", 2), 2)).isEqualTo(CHANGED);
        assertThat(request.pushed(document("a", 3), 3)).isEqualTo(CHANGED);
    }

    @Test
    void unfinished_until_its_status_is_finished_or_it_is_removed() {
        request.pushed(document("a", 1), 1);
        assertThat(request.isUnfinished()).isTrue();

        request.pushed(document("a", 2, ",\"status\":\"FAILED\""), 2);
        assertThat(request.isUnfinished()).isFalse();
    }

    @Nested
    final class AnotherLife {

        @Test
        void is_decided_by_a_read_if_it_was_pushed() {
            request.pushed(document("a", 3), 1);

            assertThat(request.pushed(document("b", 9), 2)).isEqualTo(NOTHING);
            assertThat(request.mustRead()).isTrue();
            assertThat(request.read(document("b", 9), 2, 3)).isEqualTo(REPLACED);
            assertThat(request.mustRead()).isFalse();
        }

        @Test
        void is_old_if_a_later_read_returns_the_known_one() {
            request.pushed(document("a", 3), 1);
            request.pushed(document("b", 9), 2);

            assertThat(request.read(document("a", 3), 2, 3)).isEqualTo(NOTHING);
            assertThat(request.mustRead()).isFalse();
        }

        @Test
        void is_not_decided_by_a_read_that_started_before_the_known_one_arrived() {
            request.pushed(document("a", 3), 2);

            assertThat(request.read(document("b", 9), 1, 3)).isEqualTo(NOTHING);
            assertThat(request.mustRead()).isTrue();
            assertThat(request.read(document("b", 9), 3, 4)).isEqualTo(REPLACED);
        }

        @Test
        void is_recognized_by_its_time_of_creation_if_there_is_no_life() {
            request.pushed(document(null, 3, createdAt(EARLY)), 1);

            assertThat(request.pushed(document(null, 4, createdAt(LATE)), 2)).isEqualTo(NOTHING);
            assertThat(request.mustRead()).isTrue();
        }
    }

    @Nested
    final class Removal {

        private KnownRequest.Verdict removed(@Nullable String life, long version, long moment) {
            return request.removed(life, null, version, moment);
        }

        @Test
        void of_the_known_life_removes_it_once() {
            request.pushed(document("a", 3), 1);

            assertThat(removed("a", 3, 2)).isEqualTo(REMOVED);
            assertThat(removed("a", 3, 3)).isEqualTo(NOTHING);
            assertThat(request.isUnfinished()).isFalse();
        }

        @Test
        void of_an_unreported_request_is_not_reported_and_late_pushes_are_ignored() {
            assertThat(removed("a", 3, 1)).isEqualTo(NOTHING);
            assertThat(request.pushed(document("a", 2), 2)).isEqualTo(NOTHING);
            assertThat(request.mustRead()).isFalse();
        }

        @Test
        void covers_late_documents_of_its_life() {
            request.pushed(document("a", 3), 1);
            removed("a", 3, 2);

            assertThat(request.pushed(document("a", 4), 3)).isEqualTo(NOTHING);
            assertThat(request.read(document("a", 4), 1, 4)).isEqualTo(NOTHING);
            assertThat(request.mustRead()).isFalse();
        }

        @Test
        void is_wrong_if_a_later_read_finds_the_request() {
            request.pushed(document("a", 3), 1);
            removed("a", 3, 2);

            assertThat(request.read(document("a", 3), 2, 3)).isEqualTo(CHANGED);
        }

        @Test
        void of_another_life_is_decided_by_a_read() {
            request.pushed(document("b", 1), 1);

            assertThat(removed("a", 9, 2)).isEqualTo(NOTHING);
            assertThat(request.mustRead()).isTrue();
            assertThat(request.read(document("b", 1), 2, 3)).isEqualTo(NOTHING);
            assertThat(request.mustRead()).isFalse();
        }

        @Test
        void does_not_cover_another_life_that_a_read_finds() {
            request.pushed(document("a", 3), 1);
            removed("a", 3, 2);

            assertThat(request.pushed(document("b", 1), 3)).isEqualTo(NOTHING);
            assertThat(request.mustRead()).isTrue();
            assertThat(request.read(document("b", 1), 3, 4)).isEqualTo(CHANGED);
        }

        @ParameterizedTest
        @CsvSource({EARLY + ", false", LATE + ", true"})
        void without_a_life_covers_documents_that_were_not_created_later(
                String time, boolean mustRead) {
            request.removed(null, Instant.parse(EARLY), 3, 1);

            assertThat(request.pushed(document(null, 9, createdAt(time)), 2)).isEqualTo(NOTHING);
            assertThat(request.mustRead()).isEqualTo(mustRead);
        }

        @ParameterizedTest
        @CsvSource({"3, false", "4, true"})
        void without_a_life_and_a_time_covers_versions_up_to_its_own(
                int version, boolean mustRead) {
            removed(null, 3, 1);

            request.pushed(document(null, version), 2);

            assertThat(request.mustRead()).isEqualTo(mustRead);
        }
    }

    @Nested
    final class Deletion {

        @Test
        void is_confirmed_by_a_read() {
            request.pushed(document("a", 3), 1);

            request.outdated(2);

            assertThat(request.mustRead()).isTrue();
            assertThat(request.missing(1, 3)).isEqualTo(NOTHING);
            assertThat(request.missing(3, 4)).isEqualTo(REMOVED);
            assertThat(request.mustRead()).isFalse();
        }

        @Test
        void of_a_request_whose_id_is_in_use_again_replaces_it() {
            request.pushed(document("a", 3), 1);

            request.outdated(2);

            assertThat(request.read(document("b", 1), 2, 3)).isEqualTo(REPLACED);
        }

        @Test
        void whose_removal_was_pushed_needs_no_read() {
            request.pushed(document("a", 3), 1);
            request.removed("a", null, 3, 2);

            request.outdated(3);

            assertThat(request.mustRead()).isFalse();
        }

        @Test
        void is_reported_once_if_its_removal_is_pushed_before_the_read() {
            request.pushed(document("a", 3), 1);
            request.outdated(2);

            assertThat(request.removed("a", null, 3, 3)).isEqualTo(REMOVED);
            assertThat(request.missing(3, 4)).isEqualTo(NOTHING);
            assertThat(request.mustRead()).isFalse();
        }
    }

    @Nested
    final class ReadWithoutAResult {

        @Test
        void removes_a_request_that_arrived_before() {
            request.pushed(document("a", 3), 1);

            assertThat(request.missing(1, 2)).isEqualTo(REMOVED);
            assertThat(request.missing(2, 3)).isEqualTo(NOTHING);
        }

        @Test
        void does_not_remove_a_request_that_arrived_meanwhile() {
            request.pushed(document("a", 1), 2);

            assertThat(request.missing(1, 3)).isEqualTo(NOTHING);
            assertThat(request.mustRead()).isTrue();
            assertThat(request.read(document("a", 1), 3, 4)).isEqualTo(NOTHING);
            assertThat(request.mustRead()).isFalse();
        }

        @Test
        void ends_the_reads_of_a_request_that_was_never_known() {
            KnownRequest unread = KnownRequest.unread();

            assertThat(unread.missing(0, 1)).isEqualTo(REMOVED);
            assertThat(unread.isReported()).isFalse();
            assertThat(unread.mustRead()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, false, 9, false",
        "FAILED, true, 9, false",
        "FAILED, false, 1, false",
        "FAILED, false, 9, true",
    })
    void only_what_is_finished_and_old_and_not_listed_is_forgotten(
            String status, boolean isLoaded, long moment, boolean isForgettable) {
        request.pushed(document("a", 3, ",\"status\":\"" + status + "\""), 1);

        assertThat(request.isForgettable(isLoaded, moment)).isEqualTo(isForgettable);
    }

    @Test
    void removal_is_forgotten_even_if_its_id_is_listed() {
        request.removed("a", null, 3, 1);

        assertThat(request.isForgettable(true, 2)).isTrue();
    }
}
