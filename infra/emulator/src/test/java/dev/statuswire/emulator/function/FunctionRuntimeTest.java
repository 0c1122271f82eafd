package dev.statuswire.emulator.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.statuswire.emulator.function.Invocation.Failed;
import dev.statuswire.emulator.function.Invocation.Returned;
import dev.statuswire.emulator.time.EmulatorTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class FunctionRuntimeTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void it_returns_the_handler_s_output() {
        assertThat(invoke((input, context) -> input + "!")).isEqualTo(new Returned<>("in!"));
        assertThat(invoke((input, context) -> null)).isEqualTo(new Returned<>(null));
    }

    @Test
    void it_returns_the_handler_s_exception() {
        IllegalStateException error = new IllegalStateException("on purpose");
        assertThat(
                        invoke(
                                (input, context) -> {
                                    throw error;
                                }))
                .isEqualTo(new Failed<>(error));
    }

    @Test
    void the_context_describes_the_invocation_and_its_remaining_time() {
        AtomicReference<Context> seen = new AtomicReference<>();
        invoke(
                (input, context) -> {
                    seen.set(context);
                    return "";
                });
        Context context = seen.get();
        assertThat(context.getAwsRequestId()).isEqualTo("request-1");
        assertThat(context.getFunctionName()).isEqualTo("echo");
        assertThat(context.getInvokedFunctionArn())
                .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:echo");
        assertThat(context.getRemainingTimeInMillis()).isBetween(0, 1000);
        context.getLogger().log("a line");
    }

    @Test
    void the_remaining_time_is_never_negative() {
        InstantSource steady = EmulatorTime.STEADY;
        LocalContext context = new LocalContext(function((input, c) -> input), "r", steady);
        assertThat(context.getRemainingTimeInMillis()).isBetween(900, 1000);
        LocalContext late = new LocalContext(function((input, c) -> input), "r", new Jumping());
        assertThat(late.getRemainingTimeInMillis()).isZero();
    }

    @Test
    void a_handler_that_times_out_is_interrupted_and_fails() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        Invocation<String> result =
                invoke(
                        (input, context) -> {
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                interrupted.countDown();
                            }
                            return "late";
                        });
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(result)
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed ->
                                assertThat(failed.error())
                                        .isInstanceOf(FunctionTimeoutException.class)
                                        .hasMessage("Task timed out after 1.00 seconds"));
    }

    @Test
    void an_interrupted_caller_interrupts_the_function_and_stays_interrupted() {
        AtomicReference<Boolean> handler = new AtomicReference<>(false);
        Thread.currentThread().interrupt();
        Invocation<String> result =
                invoke(
                        (input, context) -> {
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                handler.set(true);
                            }
                            return "";
                        });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(result).isInstanceOf(Failed.class);
        assertThat(handler).hasValue(true);
    }

    @Test
    void function_settings_outside_lambda_s_ranges_are_rejected() {
        RequestHandler<String, String> echo = (input, context) -> input;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FunctionDefinition<>("a b", String.class, echo, SECOND));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new FunctionDefinition<>(
                                        "a", String.class, echo, Duration.ofMillis(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new FunctionDefinition<>(
                                        "a", String.class, echo, Duration.ofMinutes(16)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FunctionDefinition<>("a", String.class, echo, SECOND, 0));
    }

    private static Invocation<String> invoke(RequestHandler<String, String> handler) {
        return new FunctionRuntime<>(function(handler), EmulatorTime.STEADY)
                .invoke("in", "request-1");
    }

    private static FunctionDefinition<String, String> function(
            RequestHandler<String, String> handler) {
        return new FunctionDefinition<>("echo", String.class, handler, SECOND);
    }

    /** A clock that advances by a minute with each read. */
    private static final class Jumping implements InstantSource {

        private int reads;

        @Override
        public java.time.Instant instant() {
            return java.time.Instant.EPOCH.plusSeconds(60L * reads++);
        }
    }
}
