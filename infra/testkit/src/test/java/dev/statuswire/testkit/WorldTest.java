package dev.statuswire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.SubmissionOptions;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.RequestType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WorldTest {

    private static final RequestKey KEY = new RequestKey("ada", "request-1");

    private final List<String> moments = new ArrayList<>();
    private int objects;

    private RequestType<String> newType(String... steps) {
        objects++;
        return () -> {
            var type = Definition.of("count", String.class).example("a");
            for (String step : steps) {
                type.step(step, String.class, context -> step);
            }
            return type.build();
        };
    }

    /** Creates a world with a request, and forgets the object that was checked. */
    private World<String> world(World.Moments<String> disturbance, String... steps) {
        var type = new TestedType<>(() -> newType(steps));
        objects = 0;
        var world =
                new World<>(
                        type,
                        "life",
                        0,
                        false,
                        (reached, process, moment) -> {
                            moments.add(moment);
                            disturbance.reached(reached, process, moment);
                        });
        world.submit(KEY, "\"a\"", SubmissionOptions.NONE, new Journal());
        return world;
    }

    private static World.Moments<String> once(String when, World.Moments<String> disturbance) {
        var isOver = new ArrayList<String>();
        return (world, process, moment) -> {
            if (moment.equals(when) && isOver.isEmpty()) {
                isOver.add(moment);
                disturbance.reached(world, process, moment);
            }
        };
    }

    @Test
    void a_request_of_two_steps_is_written_three_times() {
        World<String> world = world((any, process, moment) -> {}, "one", "two");

        world.run();

        assertThat(world.get(KEY).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(moments)
                .containsExactly(
                        "before the write \"claim\"",
                        "after the write \"claim\"",
                        "before the write \"commit a step of\"",
                        "after the write \"commit a step of\"",
                        "before the write \"finish\"",
                        "after the write \"finish\"");
        assertThat(objects).isEqualTo(1);
    }

    @Test
    void a_process_that_dies_leaves_the_request_as_it_was_stored() {
        World<String> world =
                world(
                        once(
                                "after the write \"commit a step of\"",
                                (any, process, moment) -> process.crash()),
                        "one",
                        "two");

        world.run();
        Request left = world.get(KEY);
        assertThat(left.status()).isEqualTo(Status.RUNNING);
        assertThat(left.nextStep()).isEqualTo(1);
        world.advance(Duration.ofSeconds(59));
        assertThat(world.get(KEY)).isEqualTo(left);

        world.advance(Duration.ofSeconds(1));

        assertThat(world.get(KEY).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(world.get(KEY).attempt()).isEqualTo(2);
        assertThat(world.journal(KEY).runs("one")).isEqualTo(1);
        assertThat(objects).isEqualTo(2);
    }

    @Test
    void a_process_that_always_dies_is_given_up() {
        World<String> world =
                world(
                        (any, process, moment) -> {
                            if (moment.startsWith("before") && !moment.contains("claim")) {
                                process.crash();
                            }
                        },
                        "one",
                        "two");

        world.runUntilIdle();

        assertThat(world.outcome(KEY))
                .hasToString(
                        "FAILED with the error attempts-exhausted: Gave up after 10 attempts; no worker finished the step.");
        assertThat(objects).isEqualTo(10);
    }

    @Test
    void an_overtaken_process_goes_on_but_cannot_write() {
        World<String> world =
                world(
                        once(
                                "before the write \"commit a step of\"",
                                (any, process, moment) -> {
                                    any.abandonProcess();
                                    any.runUntilIdle();
                                    assertThat(any.get(KEY).status()).isEqualTo(Status.SUCCEEDED);
                                }),
                        "one",
                        "two");

        world.run();

        assertThat(world.journal(KEY).runs("one")).isEqualTo(2);
        assertThat(world.journal(KEY).runs("two")).isEqualTo(1);
        assertThat(world.get(KEY).fence()).isEqualTo(3);
        assertThat(objects).isEqualTo(2);
    }

    @Test
    void a_record_that_is_delivered_twice_at_the_same_time_runs_an_unclaimed_step_twice() {
        World<String> world =
                world(
                        once(
                                "before the write \"finish unclaimed\"",
                                (any, process, moment) -> any.redeliver()),
                        "one");

        world.runUntilIdle();

        assertThat(world.journal(KEY).runs("one")).isEqualTo(2);
        assertThat(world.get(KEY).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(world.get(KEY).fence()).isEqualTo(1);
    }

    @Test
    void a_late_record_has_no_effect() {
        World<String> world = world((any, process, moment) -> {}, "one", "two");
        world.run();
        Request finished = world.get(KEY);

        world.redeliver();

        assertThat(moments).endsWith("before the write \"claim\"", "after the write \"claim\"");
        assertThat(world.get(KEY)).isEqualTo(finished);
        assertThat(world.journal(KEY).runs("one")).isEqualTo(1);
    }
}
