package dev.statuswire.local.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import dev.statuswire.core.time.SteadyClock;
import dev.statuswire.local.loopback.PortException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvalidRequestContentException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.ServiceException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** Called by the SDK's own client. */
final class FunctionApiTest {

    private static final AsyncRules QUICK =
            new AsyncRules(
                    List.of(Duration.ofMillis(10), Duration.ofMillis(20)), Duration.ofHours(6));

    private final FunctionApi api = FunctionApi.open(0, QUICK, SteadyClock.OF_PROCESS);
    private final LambdaClient client =
            LambdaClient.builder()
                    .endpointOverride(api.endpoint())
                    .region(Region.US_EAST_1)
                    .credentialsProvider(
                            StaticCredentialsProvider.create(
                                    AwsBasicCredentials.create("local", "local")))
                    .httpClientBuilder(ApacheHttpClient.builder())
                    .overrideConfiguration(
                            override ->
                                    override.retryStrategy(RetryMode.STANDARD)
                                            .retryStrategy(retry -> retry.maxAttempts(1)))
                    .build();
    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

    /**
     * What the tests' functions take and give: a bean, since the managed runtime's library knows no
     * records.
     */
    public static final class Order {
        private String dish = "";
        private int quantity;

        public String getDish() {
            return dish;
        }

        public void setDish(String dish) {
            this.dish = dish;
        }

        public int getQuantity() {
            return quantity;
        }

        public void setQuantity(int quantity) {
            this.quantity = quantity;
        }
    }

    /** What the managed runtime cannot read. */
    public record Unreadable(String dish) {}

    @AfterEach
    void close() throws InterruptedException {
        client.close();
        api.stop(Duration.ofMillis(50));
    }

    @Test
    void a_synchronous_call_gives_the_function_s_output() {
        register(
                (order, context) -> {
                    order.setDish(order.getDish() + "!");
                    order.setQuantity(order.getQuantity() + 1);
                    return order;
                });
        InvokeResponse response = invoke("{\"dish\":\"soup\",\"quantity\":2}");
        assertThat(response.payload().asUtf8String())
                .isEqualTo("{\"dish\":\"soup!\",\"quantity\":3}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.executedVersion()).isEqualTo("$LATEST");
        assertThat(response.functionError()).isNull();
    }

    @Test
    void a_function_error_is_said_in_the_header_and_described_in_the_payload() {
        register(
                (order, context) -> {
                    throw new IllegalStateException("the kitchen burns");
                });
        InvokeResponse response = invoke("{}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.functionError()).isEqualTo("Unhandled");
        assertThat(response.payload().asUtf8String())
                .contains(
                        "\"errorMessage\":\"the kitchen burns\"",
                        "\"errorType\":\"java.lang.IllegalStateException\"",
                        "\"stackTrace\":[");
    }

    @Test
    void a_payload_that_does_not_fit_the_input_is_a_function_error() {
        register((order, context) -> order);
        assertThat(invoke("{\"quantity\":\"many\"}").functionError()).isEqualTo("Unhandled");
    }

    @Test
    void a_record_is_no_input_as_in_the_managed_runtime() {
        api.register(
                new LocalFunction<>(
                        "kitchen",
                        Unreadable.class,
                        (RequestHandler<Unreadable, String>) (input, context) -> "",
                        Duration.ofSeconds(5)));
        assertThat(invoke("{\"dish\":\"soup\"}").functionError()).isEqualTo("Unhandled");
    }

    @Test
    void an_event_of_aws_is_read_as_the_managed_runtime_reads_it() throws InterruptedException {
        RequestHandler<DynamodbEvent, Object> handler =
                (event, context) -> {
                    calls.add(event.getRecords().getFirst().getDynamodb().getSequenceNumber());
                    return null;
                };
        api.register(
                new LocalFunction<>(
                        "streams", DynamodbEvent.class, handler, Duration.ofSeconds(5)));
        client.invoke(
                invoke ->
                        invoke.functionName("streams")
                                .payload(
                                        SdkBytes.fromUtf8String(
                                                "{\"Records\":[{\"dynamodb\":{\"SequenceNumber\":\"42\"}}]}")));
        assertThat(next()).isEqualTo("42");
    }

    @Test
    void a_name_may_be_an_arn_and_may_have_a_version() {
        register((order, context) -> order);
        assertThat(
                        client.invoke(
                                        invoke ->
                                                invoke.functionName(
                                                        "arn:aws:lambda:us-east-1:000000000000:function:kitchen"))
                                .statusCode())
                .isEqualTo(200);
        assertThat(client.invoke(invoke -> invoke.functionName("kitchen:$LATEST")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_asynchronous_call_is_accepted_before_the_function_has_run()
            throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        register(
                (order, context) -> {
                    await(release);
                    calls.add(order.getDish());
                    return order;
                });
        assertThat(event("{\"dish\":\"soup\",\"quantity\":1}").statusCode()).isEqualTo(202);
        assertThat(calls).isEmpty();
        release.countDown();
        assertThat(next()).isEqualTo("soup");
    }

    @Test
    void an_asynchronous_call_that_fails_is_tried_twice_more_with_the_same_request_id()
            throws InterruptedException {
        register(
                (order, context) -> {
                    calls.add(context.getAwsRequestId());
                    throw new IllegalStateException("on purpose");
                });
        event("{}");
        String id = next();
        assertThat(List.of(next(), next())).containsOnly(id);
    }

    @Test
    void no_more_run_at_once_than_the_function_may_and_the_others_wait()
            throws InterruptedException {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        RequestHandler<Order, Order> handler =
                (order, context) -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    running.decrementAndGet();
                    calls.add(order.getDish());
                    return order;
                };
        api.register(
                new LocalFunction<>("kitchen", Order.class, handler, Duration.ofSeconds(5), 2));
        for (int i = 0; i < 50; i++) {
            event("{\"dish\":\"soup\",\"quantity\":1}");
        }
        for (int i = 0; i < 50; i++) {
            next();
        }
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void a_synchronous_call_over_the_concurrency_is_throttled() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        RequestHandler<Order, Order> handler =
                (order, context) -> {
                    calls.add("runs");
                    await(release);
                    return order;
                };
        api.register(
                new LocalFunction<>("kitchen", Order.class, handler, Duration.ofSeconds(5), 1));
        event("{}");
        next();
        assertThatThrownBy(() -> invoke("{}")).isInstanceOf(TooManyRequestsException.class);
        release.countDown();
    }

    @Test
    void an_unknown_function_is_not_found() {
        assertThatThrownBy(() -> invoke("{}"))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Function not found: kitchen");
    }

    @Test
    void what_is_no_json_is_refused() {
        register((order, context) -> order);
        assertThatThrownBy(() -> invoke("{")).isInstanceOf(InvalidRequestContentException.class);
    }

    @Test
    void an_asynchronous_payload_has_at_most_one_megabyte_and_a_synchronous_one_six() {
        api.register(
                new LocalFunction<>(
                        "kitchen",
                        String.class,
                        (RequestHandler<String, String>) (text, context) -> "",
                        Duration.ofSeconds(5)));
        assertThat(event(text(1024 * 1024)).statusCode()).isEqualTo(202);
        assertThatThrownBy(() -> event(text(1024 * 1024 + 1)))
                .isInstanceOf(RequestTooLargeException.class);
        assertThat(invoke(text(1024 * 1024 + 1)).functionError()).isNull();
        assertThatThrownBy(() -> invoke(text(6 * 1024 * 1024 + 1)))
                .isInstanceOf(RequestTooLargeException.class);
    }

    @Test
    void a_dry_run_runs_nothing() {
        register(
                (order, context) -> {
                    calls.add("runs");
                    return order;
                });
        assertThat(
                        client.invoke(
                                        invoke ->
                                                invoke.functionName("kitchen")
                                                        .invocationType(InvocationType.DRY_RUN))
                                .statusCode())
                .isEqualTo(204);
        assertThat(calls).isEmpty();
    }

    @Test
    void a_name_is_registered_once() {
        register((order, context) -> order);
        assertThatIllegalArgumentException().isThrownBy(() -> register((order, context) -> order));
    }

    @Test
    void a_taken_port_is_one_clear_message() {
        int port = api.endpoint().getPort();
        assertThatThrownBy(() -> FunctionApi.open(port, QUICK, SteadyClock.OF_PROCESS))
                .isInstanceOf(PortException.class)
                .hasMessage(
                        "Lambda's Invoke API cannot listen on 127.0.0.1:"
                                + port
                                + ": the port is taken");
    }

    @Test
    void stopping_refuses_new_calls_drops_what_waits_and_lets_what_runs_end()
            throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        RequestHandler<Order, Order> handler =
                (order, context) -> {
                    calls.add("begun");
                    await(release);
                    calls.add("ended");
                    return order;
                };
        api.register(
                new LocalFunction<>("kitchen", Order.class, handler, Duration.ofSeconds(20), 1));
        event("{}");
        event("{}");
        assertThat(next()).isEqualTo("begun");
        AtomicBoolean orderly = new AtomicBoolean();
        Thread stopper = Thread.ofVirtual().start(() -> orderly.set(stop(Duration.ofSeconds(10))));
        untilRefused();
        release.countDown();
        stopper.join();
        assertThat(orderly).isTrue();
        assertThat(calls).containsExactly("ended");
    }

    @Test
    void past_the_deadline_what_runs_is_interrupted() throws InterruptedException {
        register(
                (order, context) -> {
                    calls.add("begun");
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        calls.add("interrupted");
                    }
                    return order;
                });
        event("{}");
        next();
        assertThat(stop(Duration.ofMillis(20))).isFalse();
        assertThat(next()).isEqualTo("interrupted");
    }

    private void untilRefused() {
        boolean refused = false;
        while (!refused) {
            try {
                client.invoke(
                        invoke ->
                                invoke.functionName("kitchen")
                                        .invocationType(InvocationType.DRY_RUN));
            } catch (ServiceException e) {
                refused = true;
            }
        }
    }

    private boolean stop(Duration deadline) {
        try {
            return api.stop(deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void register(RequestHandler<Order, Order> handler) {
        api.register(new LocalFunction<>("kitchen", Order.class, handler, Duration.ofSeconds(5)));
    }

    private InvokeResponse invoke(String payload) {
        return client.invoke(
                invoke -> invoke.functionName("kitchen").payload(SdkBytes.fromUtf8String(payload)));
    }

    private InvokeResponse event(String payload) {
        return client.invoke(
                invoke ->
                        invoke.functionName("kitchen")
                                .invocationType(InvocationType.EVENT)
                                .payload(SdkBytes.fromUtf8String(payload)));
    }

    private String next() throws InterruptedException {
        String call = calls.poll(10, TimeUnit.SECONDS);
        if (call == null) {
            throw new AssertionError("no call came");
        }
        return call;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A JSON string of so many bytes. */
    private static String text(int bytes) {
        return "\"" + "x".repeat(bytes - 2) + "\"";
    }
}
