package dev.statuswire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.sdk.Retry;
import dev.statuswire.sdk.StepContext;
import dev.statuswire.sdk.StepFailed;
import dev.statuswire.sdk.StepWork;
import dev.statuswire.sdk.TryLater;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Plants faults in types. */
final class CrashEverywhereTest {

    private static final Name ADA = new Name("Ada");
    private static final Name EXAMPLE = new Name("Bob");

    record Name(String name) {}

    record Text(String text) {}

    /** A service whose calls are effects. */
    interface Post {

        void send(@Nullable String key, String text);
    }

    private static Post fake(Effects effects) {
        return (key, text) -> {
            if (key == null) {
                effects.happened(text);
            } else {
                effects.happened(key, text);
            }
        };
    }

    private static Post post(StepContext<Name> context) {
        return context.environment().once(Post.class, any -> none());
    }

    /** In place of a client that the test replaces by a fake. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // returns nothing
    private static <T> T none() {
        throw new AssertionError("the test has a fake");
    }

    private static Definition.Builder<Name> type() {
        return Definition.of("greet", Name.class).example(EXAMPLE);
    }

    /** A type with one step that has no state. */
    private static RequestType<Name> single(StepWork<Name, Text> work) {
        return () -> type().step("write", Text.class, work).build();
    }

    private static TestRequest<Name> submit(RequestType<Name> type) {
        return submit(StatuswireTest.withNew(() -> type));
    }

    private static TestRequest<Name> submit(StatuswireTest<Name> test) {
        return test.client(Post.class, CrashEverywhereTest::fake).submit(ADA);
    }

    private static String failure(TestRequest<Name> request) {
        return String.valueOf(
                catchThrowableOfType(AssertionError.class, request::crashEverywhere).getMessage());
    }

    private static long seedOf(String failure) {
        Matcher seed = Pattern.compile("crashEverywhere\\((\\d+)\\)").matcher(failure);
        assertThat(seed.find()).as(failure).isTrue();
        return Long.parseLong(seed.group(1));
    }

    private static boolean fails(TestRequest<Name> request, long seed) {
        try {
            request.crashEverywhere(seed);
            return false;
        } catch (AssertionError found) {
            return true;
        }
    }

    private static Text greeting(StepContext<Name> context) {
        return new Text("Hello, " + context.input().name());
    }

    private static Text send(StepContext<Name> context) {
        post(context).send(context.effectKey(), "mail " + context.input().name());
        return greeting(context);
    }

    @Test
    void a_step_that_passes_its_key_has_no_fault() {
        submit(single(CrashEverywhereTest::send)).crashEverywhere();
    }

    @Test
    void an_effect_without_a_key_is_found() {
        String failure =
                failure(
                        submit(
                                single(
                                        context -> {
                                            post(context).send(null, "mail");
                                            return greeting(context);
                                        })));

        assertThat(failure)
                .startsWith("step \"write\" of greet has more effects")
                .contains("when: the process died after the call Post.send")
                .contains("expected: [mail without a key]")
                .contains("actual:   [mail without a key, mail without a key]")
                .contains("Pass context.effectKey() to the service, which must");
    }

    @Test
    void an_effect_with_a_new_key_in_each_run_is_found() {
        String failure =
                failure(
                        submit(
                                single(
                                        context -> {
                                            post(context)
                                                    .send(UUID.randomUUID().toString(), "mail");
                                            return greeting(context);
                                        })));

        assertThat(failure).startsWith("step \"write\" of greet has more effects");
    }

    @Test
    void the_effect_of_one_of_several_steps_is_found() {
        RequestType<Name> type =
                () ->
                        type().slow()
                                .step("first", Text.class, CrashEverywhereTest::send)
                                .step(
                                        "second",
                                        Text.class,
                                        context -> {
                                            post(context).send(context.effectKey(), "one");
                                            post(context).send("attempt" + context.attempt(), "2");
                                            return greeting(context);
                                        })
                                .step("third", Text.class, CrashEverywhereTest::send)
                                .build();

        assertThat(failure(submit(type)))
                .startsWith("step \"second\" of greet has more effects")
                .contains("2 under the key attempt1", "2 under the key attempt2");
    }

    @Test
    void an_output_with_the_time_of_the_real_clock_is_found() {
        String failure = failure(submit(single(context -> new Text(Instant.now().toString()))));

        assertThat(failure)
                .startsWith("step \"write\" of greet has another output")
                .contains("when: it ran once more, without any disturbance")
                .contains("It depends on the time")
                .endsWith("crashEverywhere(0)");
    }

    @Test
    void an_output_with_milliseconds_is_always_found() {
        for (int i = 0; i < 50; i++) {
            assertThat(
                            failure(
                                    submit(
                                            single(
                                                    context ->
                                                            new Text(
                                                                    ""
                                                                            + System
                                                                                    .currentTimeMillis())))))
                    .startsWith("step \"write\" of greet has another output");
        }
    }

    @Test
    void an_output_with_the_date_of_a_shared_clock_is_always_found() {
        StepWork<Name, Text> today =
                context -> {
                    Clock clock =
                            context.environment()
                                    .once(Clock.class, environment -> Clock.systemUTC());
                    return new Text(LocalDate.now(clock).toString());
                };

        assertThat(failure(submit(single(today))))
                .contains("expected: {\"text\":\"2026-01-01\"}", "crashEverywhere(0)");
    }

    @Test
    void an_effect_with_the_time_is_found() {
        String failure =
                failure(
                        submit(
                                single(
                                        context -> {
                                            post(context)
                                                    .send(context.effectKey(), "" + Instant.now());
                                            return greeting(context);
                                        })));

        assertThat(failure).startsWith("step \"write\" of greet has other effects");
    }

    /** Its second step reads what the first one left in a field. */
    static final class StateInField implements RequestType<Name> {

        private @Nullable String greeting;

        @Override
        public Definition<Name> define() {
            return type().step("choose", Text.class, this::choose)
                    .step("write", Text.class, this::write)
                    .build();
        }

        private Text choose(StepContext<Name> context) {
            greeting = "Hello, " + context.input().name();
            return new Text("chosen");
        }

        private Text write(StepContext<Name> context) {
            return new Text(String.valueOf(greeting));
        }
    }

    @Test
    void state_that_a_step_leaves_in_a_field_is_found() {
        assertThat(failure(submit(StatuswireTest.with(new StateInField()))))
                .startsWith("step \"write\" of greet has another output")
                .contains("when: the process died after the write \"commit a step of\"")
                .contains("expected: {\"text\":\"Hello, Ada\"}", "actual:   {\"text\":\"null\"}")
                .contains("not in a field");
    }

    /** The same, but the lost state lets the step throw. */
    static final class MissingState implements RequestType<Name> {

        private @Nullable Name name;

        @Override
        public Definition<Name> define() {
            return type().retry(Retry.none())
                    .step("choose", Text.class, this::choose)
                    .step("write", Text.class, this::write)
                    .build();
        }

        private Text choose(StepContext<Name> context) {
            name = context.input();
            return new Text("chosen");
        }

        private Text write(StepContext<Name> context) {
            if (name == null) {
                throw new IllegalStateException("no name");
            }
            return new Text(name.name());
        }
    }

    @Test
    void lost_state_that_fails_the_request_is_found_with_its_cause() {
        AssertionError failure =
                catchThrowableOfType(
                        AssertionError.class,
                        submit(StatuswireTest.with(new MissingState()))::crashEverywhere);

        assertThat(failure)
                .hasMessageStartingWith("step \"write\" of greet has another end")
                .hasMessageContaining("expected: SUCCEEDED")
                .hasMessageContaining("actual:   FAILED with the error step-failed")
                .hasRootCauseMessage("no name");
    }

    /** Counts its requests. */
    static final class Counter implements RequestType<Name> {

        private int count;

        @Override
        public Definition<Name> define() {
            return type().step("write", Text.class, context -> new Text("" + count++)).build();
        }
    }

    @Test
    void a_field_that_counts_requests_is_found_in_a_type_with_one_step() {
        assertThat(failure(submit(StatuswireTest.with(new Counter()))))
                .startsWith("step \"write\" of greet has another output")
                .contains("when: the process ran another request");
    }

    /** Keeps the first name that it sees. */
    static final class Memory implements RequestType<Name> {

        private @Nullable String name;

        @Override
        public Definition<Name> define() {
            return type().step(
                            "write",
                            Text.class,
                            context -> {
                                name = name == null ? context.input().name() : name;
                                return new Text(name);
                            })
                    .build();
        }
    }

    @Test
    void a_field_that_remembers_another_request_is_found() {
        assertThat(failure(submit(StatuswireTest.with(new Memory()))))
                .contains("; the difference is in the other request")
                .contains("expected: {\"text\":\"Bob\"}", "actual:   {\"text\":\"Ada\"}");
    }

    /** Keeps the name in a field while it calls a service. */
    static final class Overwritten implements RequestType<Name> {

        private String name = "";

        @Override
        public Definition<Name> define() {
            return type().step(
                            "write",
                            Text.class,
                            context -> {
                                name = context.input().name();
                                post(context).send(context.effectKey(), "mail");
                                return new Text(name);
                            })
                    .build();
        }
    }

    @Test
    void a_field_that_another_request_overwrites_during_a_step_is_found() {
        assertThat(failure(submit(StatuswireTest.with(new Overwritten()))))
                .contains("when: the process ran another request before the call Post.send")
                .contains("expected: {\"text\":\"Ada\"}", "actual:   {\"text\":\"Bob\"}");
    }

    /** A counter that all objects of a type share. */
    private static final AtomicInteger SHARED = new AtomicInteger();

    @Test
    void a_static_counter_is_found() {
        assertThat(failure(submit(single(context -> new Text("" + SHARED.incrementAndGet())))))
                .contains("something that all runs share, such as a static field");
    }

    /** Skips the effect if an attempt before may have had it. */
    @Test
    void an_effect_that_a_crash_skips_is_found() {
        String failure =
                failure(
                        submit(
                                single(
                                        context -> {
                                            if (context.attempt() == 1) {
                                                post(context).send(context.effectKey(), "mail");
                                            }
                                            return greeting(context);
                                        })));

        assertThat(failure).contains("actual:   []");
    }

    /** A service whose second effect depends on the first one. */
    interface Shop {

        /** Returns whether this is the first payment with the key. */
        boolean pay(String key);

        void ship(String key);
    }

    private static Shop newShop(Effects effects) {
        return new Shop() {
            @Override
            public boolean pay(String key) {
                return effects.happened(key, "pay");
            }

            @Override
            public void ship(String key) {
                effects.happened(key, "ship");
            }
        };
    }

    @Test
    void a_crash_between_two_calls_of_a_step_is_found() {
        RequestType<Name> type =
                single(
                        context -> {
                            Shop shop = context.environment().once(Shop.class, any -> none());
                            if (shop.pay(context.effectKey())) {
                                shop.ship(context.effectKey());
                            }
                            return greeting(context);
                        });
        var test =
                StatuswireTest.withNew(() -> type).client(Shop.class, CrashEverywhereTest::newShop);

        assertThat(failure(test.submit(ADA)))
                .startsWith("step \"write\" of greet has other effects")
                .contains("when: the process died after the call Shop.pay");
    }

    /** A service that opens and closes doors by name, and keeps no keys. */
    interface Door {

        void open();

        void close();
    }

    private static Door newDoor(Effects effects) {
        var isOpen = new AtomicBoolean();
        return new Door() {
            @Override
            public void open() {
                if (!isOpen.getAndSet(true)) {
                    effects.happened("open");
                }
            }

            @Override
            public void close() {
                if (isOpen.getAndSet(false)) {
                    effects.happened("close");
                }
            }
        };
    }

    private static Door door(StepContext<Name> context) {
        return context.environment().once(Door.class, any -> none());
    }

    @Test
    void an_effect_of_an_overtaken_process_is_found() {
        RequestType<Name> type =
                () ->
                        type().step(
                                        "open",
                                        Text.class,
                                        context -> {
                                            door(context).open();
                                            return greeting(context);
                                        })
                                .step(
                                        "close",
                                        Text.class,
                                        context -> {
                                            door(context).close();
                                            return greeting(context);
                                        })
                                .build();
        var test =
                StatuswireTest.withNew(() -> type).client(Door.class, CrashEverywhereTest::newDoor);

        assertThat(failure(test.submit(ADA)))
                .startsWith("step \"open\" of greet has more effects")
                .contains("another process took over because this one paused; later it went on")
                .contains("[open without a key, open without a key]");
    }

    @Test
    void a_fake_is_not_interrupted_by_a_crash() {
        RequestType<Name> type =
                () ->
                        type().step(
                                        "open",
                                        Text.class,
                                        context -> {
                                            if (context.fencingToken() < 2) {
                                                door(context).open();
                                            }
                                            return greeting(context);
                                        })
                                .build();
        var calls = new ArrayList<String>();
        var test =
                StatuswireTest.withNew(() -> type)
                        .client(
                                Door.class,
                                effects ->
                                        new Door() {
                                            @Override
                                            public void open() {
                                                calls.add("started");
                                                effects.happened("open");
                                                calls.add("ended");
                                            }

                                            @Override
                                            public void close() {
                                                throw new AssertionError("unused");
                                            }
                                        });

        assertThat(failure(test.submit(ADA)))
                .contains("the process died before the call Door.open");
        assertThat(calls).hasSizeGreaterThan(4);
        assertThat(calls.stream().filter("started"::equals).count())
                .isEqualTo(calls.stream().filter("ended"::equals).count());
    }

    @Test
    void a_seed_replays_exactly_its_schedule() {
        TestRequest<Name> request = submit(StatuswireTest.with(new StateInField()));
        String failure = failure(request);
        long seed = seedOf(failure);

        AssertionError replayed =
                catchThrowableOfType(AssertionError.class, () -> request.crashEverywhere(seed));

        assertThat(replayed).hasMessage(failure);
        request.crashEverywhere(0);
    }

    @Test
    void the_same_seeds_fail_every_time() {
        List<Long> first = failing();

        assertThat(first).isNotEmpty().hasSizeLessThan(24).isEqualTo(failing());
    }

    /** Two steps without effects: three writes, six moments, four disturbances. */
    private static List<Long> failing() {
        TestRequest<Name> request = submit(StatuswireTest.with(new StateInField()));
        return LongStream.rangeClosed(0, 24).filter(seed -> fails(request, seed)).boxed().toList();
    }

    @Test
    void a_seed_without_a_schedule_is_refused() {
        TestRequest<Name> request = submit(StatuswireTest.with(new StateInField()));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> request.crashEverywhere(25))
                .withMessage("no schedule 25; there are 0 to 24");
    }

    @Test
    void a_request_that_fails_as_the_type_wants_is_compared_as_well() {
        submit(
                        single(
                                context -> {
                                    throw new StepFailed("rejected", "No.");
                                }))
                .crashEverywhere();
    }

    @Test
    void a_request_that_fails_without_a_disturbance_fails_the_test() {
        AssertionError failure =
                catchThrowableOfType(
                        AssertionError.class,
                        submit(
                                        single(
                                                context -> {
                                                    throw new IOException("no network");
                                                }))
                                ::crashEverywhere);

        assertThat(failure)
                .hasMessageStartingWith("greet fails even if nothing disturbs it: FAILED")
                .hasRootCauseMessage("no network");
    }

    @Test
    void planned_failures_are_part_of_every_schedule() {
        submit(single(CrashEverywhereTest::send))
                .failNext("write", new TryLater("busy", "Later."))
                .failNext("write", new IOException("no network"))
                .crashEverywhere();
        submit(single(CrashEverywhereTest::send))
                .failNext("write", new IOException("one"))
                .failNext("write", new IOException("two"))
                .failNext("write", new IOException("three"))
                .crashEverywhere()
                .runUntilIdle()
                .assertFailed("step-failed");
    }

    @Test
    void keys_and_ids_are_the_same_in_every_schedule() {
        submit(single(context -> new Text(context.effectKey() + context.requestId())))
                .crashEverywhere();
    }

    @Test
    void a_crash_test_does_not_change_the_request() {
        var test = StatuswireTest.withNew(() -> single(CrashEverywhereTest::send));
        TestRequest<Name> request = submit(test).crashEverywhere();

        assertThat(request.runs("write")).isZero();
        assertThat(test.effects().all()).isEmpty();
        request.runUntilIdle().assertSucceeded(new Text("Hello, Ada"));
    }
}
