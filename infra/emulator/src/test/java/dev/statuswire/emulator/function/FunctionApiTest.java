package dev.statuswire.emulator.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import dev.statuswire.emulator.loopback.PortException;
import dev.statuswire.emulator.time.EmulatorTime;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.InvalidRequestContentException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.ServiceException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** Calls the API with the SDK's client. */
final class FunctionApiTest {

    private static final AsyncRules QUICK =
            new AsyncRules(
                    List.of(Duration.ofMillis(10), Duration.ofMillis(20)), Duration.ofHours(6));

    private final FunctionApi api = FunctionApi.open(0, QUICK, EmulatorTime.STEADY);
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
     * The input and output of the tests' functions. It is a bean, because the managed runtime's
     * library does not support records.
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

    /** A type that the managed runtime cannot read. */
    public record Unreadable(String dish) {}

    @AfterEach
    void close() throws InterruptedException {
        client.close();
        api.stop(Duration.ofMillis(50));
    }

    @Test
    void a_synchronous_call_returns_the_function_s_output() {
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
    void a_function_error_is_flagged_in_the_header_and_described_in_the_payload() {
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
    void a_payload_that_does_not_match_the_input_type_is_a_function_error() {
        register((order, context) -> order);
        assertThat(invoke("{\"quantity\":\"many\"}").functionError()).isEqualTo("Unhandled");
    }

    @Test
    void a_record_cannot_be_an_input_as_in_the_managed_runtime() {
        api.register(
                new FunctionDefinition<>(
                        "kitchen",
                        Unreadable.class,
                        (RequestHandler<Unreadable, String>) (input, context) -> "",
                        Duration.ofSeconds(5)));
        assertThat(invoke("{\"dish\":\"soup\"}").functionError()).isEqualTo("Unhandled");
    }

    @Test
    void an_aws_event_is_deserialized_as_by_the_managed_runtime() throws InterruptedException {
        RequestHandler<DynamodbEvent, Object> handler =
                (event, context) -> {
                    calls.add(event.getRecords().getFirst().getDynamodb().getSequenceNumber());
                    return null;
                };
        api.register(
                new FunctionDefinition<>(
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
    void a_failed_asynchronous_call_is_retried_twice_with_the_same_request_id()
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
    void asynchronous_calls_over_the_concurrency_limit_wait() throws InterruptedException {
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
                new FunctionDefinition<>(
                        "kitchen", Order.class, handler, Duration.ofSeconds(5), 2));
        for (int i = 0; i < 50; i++) {
            event("{\"dish\":\"soup\",\"quantity\":1}");
        }
        for (int i = 0; i < 50; i++) {
            next();
        }
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void a_synchronous_call_over_the_concurrency_limit_is_throttled() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        RequestHandler<Order, Order> handler =
                (order, context) -> {
                    calls.add("runs");
                    await(release);
                    return order;
                };
        api.register(
                new FunctionDefinition<>(
                        "kitchen", Order.class, handler, Duration.ofSeconds(5), 1));
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                " ",
                "{} x",
                "{}{}",
                "{},",
                "\uFEFF{}",
                "{\"quantity\":01}",
                "NaN",
                "{'a':1}",
                "{/**/}"
            })
    void a_payload_that_is_not_one_json_value_is_rejected(String payload) {
        register((order, context) -> order);
        assertThatThrownBy(() -> invoke(payload))
                .isInstanceOf(InvalidRequestContentException.class);
        assertThatThrownBy(() -> event(payload)).isInstanceOf(InvalidRequestContentException.class);
    }

    @Test
    void a_payload_with_large_parts_reaches_the_function() {
        register((order, context) -> order);
        for (String payload :
                List.of(
                        "{\"other\":" + "9".repeat(5_000_000) + "}",
                        "{\"other\":0." + "9".repeat(5_000_000) + "}",
                        "{\"" + "n".repeat(5_000_000) + "\":1}",
                        "{\"other\":" + "[".repeat(100) + "]".repeat(100) + "}",
                        "{\"other\":" + "[".repeat(2000) + "]".repeat(2000) + "}",
                        "{\"other\":" + "{\"a\":".repeat(50_000) + "1" + "}".repeat(50_001))) {
            assertThat(invoke(payload).statusCode()).isEqualTo(200);
        }
        assertThatThrownBy(() -> invoke("[".repeat(3_000_000) + "]".repeat(3_000_000)))
                .isInstanceOf(InvalidRequestContentException.class);
    }

    @Test
    void every_error_has_a_request_id() {
        register((order, context) -> order);
        assertThatThrownBy(() -> invoke("{"))
                .isInstanceOfSatisfying(
                        InvalidRequestContentException.class,
                        rejected -> assertThat(rejected.requestId()).isNotBlank());
        assertThatThrownBy(() -> client.invoke(call -> call.functionName("unknown")))
                .isInstanceOfSatisfying(
                        ResourceNotFoundException.class,
                        rejected -> assertThat(rejected.requestId()).isNotBlank());
    }

    @Test
    void a_payload_that_is_not_utf_8_is_rejected() {
        register((order, context) -> order);
        for (SdkBytes payload :
                List.of(
                        SdkBytes.fromByteArray(new byte[] {'"', (byte) 0xff, '"'}),
                        SdkBytes.fromString("{}", StandardCharsets.UTF_16))) {
            assertThatThrownBy(
                            () ->
                                    client.invoke(
                                            call -> call.functionName("kitchen").payload(payload)))
                    .isInstanceOf(InvalidRequestContentException.class);
        }
    }

    @Test
    void a_missing_payload_is_an_empty_object_and_white_space_is_allowed() {
        register((order, context) -> order);
        String empty = "{\"dish\":\"\",\"quantity\":0}";
        assertThat(client.invoke(call -> call.functionName("kitchen")).payload().asUtf8String())
                .isEqualTo(empty);
        assertThat(invoke(" {}\r\n").payload().asUtf8String()).isEqualTo(empty);
    }

    @Test
    void the_response_contains_the_end_of_the_log_if_requested() {
        register(
                (order, context) -> {
                    LoggerFactory.getLogger("dev.statuswire.kitchen").info("cooks {}", "soup");
                    context.getLogger().log("serves soup");
                    return order;
                });
        InvokeResponse response = withLog("{}");
        String requestId = response.responseMetadata().requestId();
        assertThat(log(response).lines())
                .satisfiesExactly(
                        line ->
                                assertThat(line)
                                        .isEqualTo(
                                                "START RequestId: "
                                                        + requestId
                                                        + " Version: $LATEST"),
                        line -> assertThat(line).endsWith("cooks soup"),
                        line -> assertThat(line).endsWith("serves soup"),
                        line -> assertThat(line).isEqualTo("END RequestId: " + requestId),
                        line ->
                                assertThat(line)
                                        .startsWith("REPORT RequestId: " + requestId)
                                        .contains("Duration: ", "Billed Duration: "));
    }

    @Test
    void the_response_contains_no_log_unless_requested() {
        register((order, context) -> order);
        assertThat(invoke("{}").logResult()).isNull();
        assertThat(
                        client.invoke(
                                        call ->
                                                call.functionName("kitchen")
                                                        .logType(LogType.TAIL)
                                                        .invocationType(InvocationType.EVENT))
                                .logResult())
                .isNull();
    }

    @Test
    void the_returned_log_contains_that_invocation_only() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        register(
                (order, context) -> {
                    both.countDown();
                    await(both);
                    LoggerFactory.getLogger("dev.statuswire.kitchen").info(order.getDish());
                    return order;
                });
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var soup = callers.submit(() -> withLog("{\"dish\":\"soup\"}"));
            var rice = callers.submit(() -> withLog("{\"dish\":\"rice\"}"));
            assertThat(log(soup.get())).contains("soup").doesNotContain("rice");
            assertThat(log(rice.get())).contains("rice").doesNotContain("soup");
        }
    }

    @Test
    void the_returned_log_is_truncated_to_4_kb_of_whole_characters() {
        register(
                (order, context) -> {
                    LoggerFactory.getLogger("dev.statuswire.kitchen").info("€".repeat(5000));
                    return order;
                });
        InvokeResponse response = withLog("{}");
        assertThat(Base64.getDecoder().decode(response.logResult()).length)
                .isBetween(4096 - 3, 4096);
        assertThat(log(response)).startsWith("€").contains("REPORT RequestId: ");
    }

    @Test
    void the_returned_log_contains_a_failure() {
        register(
                (order, context) -> {
                    throw new IllegalStateException("the kitchen burns");
                });
        assertThat(log(withLog("{}"))).contains("IllegalStateException: the kitchen burns");
    }

    @Test
    void an_unknown_invocation_type_or_log_type_is_rejected() {
        register((order, context) -> order);
        assertThatThrownBy(
                        () ->
                                client.invoke(
                                        call -> call.functionName("kitchen").invocationType("Now")))
                .isInstanceOf(InvalidParameterValueException.class);
        assertThatThrownBy(
                        () -> client.invoke(call -> call.functionName("kitchen").logType("Head")))
                .isInstanceOf(InvalidParameterValueException.class);
    }

    @Test
    void a_qualifier_must_not_contradict_the_name() {
        register((order, context) -> order);
        assertThat(
                        client.invoke(call -> call.functionName("kitchen:live").qualifier("live"))
                                .statusCode())
                .isEqualTo(200);
        assertThatThrownBy(
                        () ->
                                client.invoke(
                                        call -> call.functionName("kitchen:live").qualifier("7")))
                .isInstanceOf(InvalidParameterValueException.class);
        assertThatThrownBy(
                        () -> client.invoke(call -> call.functionName("kitchen").qualifier("a.b")))
                .isInstanceOf(InvalidParameterValueException.class);
    }

    @Test
    void the_response_has_the_request_id_that_the_function_saw() throws InterruptedException {
        register(
                (order, context) -> {
                    calls.add(context.getAwsRequestId());
                    return order;
                });
        assertThat(invoke("{}").responseMetadata().requestId()).isEqualTo(next());
        assertThat(event("{}").responseMetadata().requestId()).isEqualTo(next());
    }

    @Test
    void an_output_over_6_mb_is_a_function_error() {
        api.register(
                new FunctionDefinition<>(
                        "kitchen",
                        String.class,
                        (RequestHandler<String, String>) (text, context) -> "x".repeat(6_291_556),
                        Duration.ofSeconds(5)));
        InvokeResponse response = invoke("\"\"");
        assertThat(response.functionError()).isEqualTo("Unhandled");
        assertThat(response.payload().asUtf8String()).contains("Function.ResponseSizeTooLarge");
    }

    @Test
    void an_invocation_that_takes_too_long_is_reported_as_timed_out() {
        RequestHandler<Order, Order> handler =
                (order, context) -> {
                    await(new CountDownLatch(1));
                    return order;
                };
        api.register(
                new FunctionDefinition<>("kitchen", Order.class, handler, Duration.ofSeconds(1)));
        InvokeResponse response = invoke("{}");
        assertThat(response.functionError()).isEqualTo("Unhandled");
        assertThat(response.payload().asUtf8String())
                .contains("\"errorType\":\"Sandbox.Timedout\"", "timed out after 1.00 seconds");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin,         https://evil.example",
        "Origin,         null",
        "Origin,         http://127.0.0.1:1",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Sec-Fetch-Site, same-origin; x"
    })
    void a_call_from_a_web_page_is_rejected(String header, String value) throws Exception {
        register(
                (order, context) -> {
                    calls.add("runs");
                    return order;
                });
        assertThat(status(header, value)).isEqualTo(403);
        assertThat(calls).isEmpty();
        assertThat(status("Sec-Fetch-Site", "none")).isEqualTo(200);
    }

    private int status(String header, String value) throws Exception {
        URI uri = api.endpoint().resolve("/2015-03-31/functions/kitchen/invocations");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(uri)
                                    .header("Content-Type", "text/plain")
                                    .header(header, value)
                                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private InvokeResponse withLog(String payload) {
        return client.invoke(
                call ->
                        call.functionName("kitchen")
                                .logType(LogType.TAIL)
                                .payload(SdkBytes.fromUtf8String(payload)));
    }

    private static String log(InvokeResponse response) {
        return new String(Base64.getDecoder().decode(response.logResult()), StandardCharsets.UTF_8);
    }

    @Test
    void an_asynchronous_payload_has_at_most_one_megabyte_and_a_synchronous_one_six() {
        api.register(
                new FunctionDefinition<>(
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
    void a_dry_run_does_not_run_the_function() {
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
    void a_name_can_be_registered_only_once() {
        register((order, context) -> order);
        assertThatIllegalArgumentException().isThrownBy(() -> register((order, context) -> order));
    }

    @Test
    void a_taken_port_is_reported_in_one_line() {
        int port = api.endpoint().getPort();
        assertThatThrownBy(() -> FunctionApi.open(port, QUICK, EmulatorTime.STEADY))
                .isInstanceOf(PortException.class)
                .hasMessage(
                        "Lambda's Invoke API cannot listen on 127.0.0.1:"
                                + port
                                + ": the port is taken");
    }

    @Test
    void a_stop_rejects_new_calls_drops_waiting_events_and_lets_running_ones_finish()
            throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        RequestHandler<Order, Order> handler =
                (order, context) -> {
                    calls.add("started");
                    await(release);
                    calls.add("finished");
                    return order;
                };
        api.register(
                new FunctionDefinition<>(
                        "kitchen", Order.class, handler, Duration.ofSeconds(20), 1));
        event("{}");
        event("{}");
        assertThat(next()).isEqualTo("started");
        AtomicBoolean finished = new AtomicBoolean();
        Thread stopper = Thread.ofVirtual().start(() -> finished.set(stop(Duration.ofSeconds(10))));
        awaitRejection();
        release.countDown();
        stopper.join();
        assertThat(finished).isTrue();
        assertThat(calls).containsExactly("finished");
    }

    @Test
    void running_invocations_are_interrupted_after_the_deadline() throws InterruptedException {
        register(
                (order, context) -> {
                    calls.add("started");
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

    private void awaitRejection() {
        boolean rejected = false;
        while (!rejected) {
            try {
                client.invoke(
                        invoke ->
                                invoke.functionName("kitchen")
                                        .invocationType(InvocationType.DRY_RUN));
            } catch (ServiceException e) {
                rejected = true;
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
        api.register(
                new FunctionDefinition<>("kitchen", Order.class, handler, Duration.ofSeconds(5)));
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
            throw new AssertionError("the function was not called within 10 s");
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

    /** Returns a JSON string with this number of bytes. */
    private static String text(int bytes) {
        return "\"" + "x".repeat(bytes - 2) + "\"";
    }
}
