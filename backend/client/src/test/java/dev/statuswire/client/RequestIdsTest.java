package dev.statuswire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RequestIdsTest {

    private Instant now = Instant.ofEpochMilli(0x0123_4567_89abL);
    private final RequestIds ids = new RequestIds(() -> now, new Random(1));

    @Test
    void id_contains_the_milliseconds_the_version_and_the_variant() {
        assertThat(ids.next())
                .matches("~01234567-89ab-7[0-7][0-9a-f]{2}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void ids_increase_within_a_millisecond_and_after_the_clock_is_set_back() {
        List<String> all = new ArrayList<>();
        for (int count = 0; count < 10_000; count++) {
            all.add(ids.next());
        }
        now = now.minusSeconds(3600);
        all.add(ids.next());
        now = now.plusSeconds(7200);
        all.add(ids.next());

        assertThat(all).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void id_is_valid() {
        String id = new RequestIds().next();

        assertThat(HttpCalls.checkOwnId(id)).isEqualTo(id);
    }
}
