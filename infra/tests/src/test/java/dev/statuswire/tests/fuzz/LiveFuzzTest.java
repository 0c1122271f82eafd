package dev.statuswire.tests.fuzz;

import static dev.statuswire.emulator.gateway.SocketBytes.CLOSE;
import static dev.statuswire.emulator.gateway.SocketBytes.LAST;
import static dev.statuswire.emulator.gateway.SocketBytes.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.RawHttp;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.live.DynamoDbTickets;
import dev.statuswire.core.live.Tickets;
import dev.statuswire.core.live.Topic;
import dev.statuswire.core.settings.AwsClients;
import dev.statuswire.core.testing.Scale;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.emulator.gateway.SocketBytes;
import dev.statuswire.emulator.gateway.SocketBytes.Frame;
import dev.statuswire.local.LocalRuntime;
import dev.statuswire.local.LocalSettings;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Live sockets that receive frames which no page sends. */
final class LiveFuzzTest {

    private static final int WHOLE_TEXT = LAST | TEXT;

    /** The close codes for a client's errors and in response to its own close; never 1011. */
    private static final Set<Integer> CODES = Set.of(1000, 1001, 1002, 1003, 1007, 1008, 1009);

    private static final Set<String> TYPES =
            Set.of("subscribed", "pong", "error", "status", "removed");

    private static final LocalRuntime RUNTIME =
            LocalRuntime.start(LocalSettings.forTests(TransitionTiming.DEFAULT));
    private static final int PORT = RUNTIME.pageUri().getPort();
    private static final DynamoDbClient DATABASE =
            AwsClients.dynamoDb(Optional.of(RUNTIME.dynamoDbUri()));

    /** Issues tickets without the API, which limits the tickets of one owner. */
    private static final Tickets TICKETS =
            new DynamoDbTickets(
                    DATABASE, "statuswire-connections", new SecureRandom(), InstantSource.system());

    private static final JsonNode MESSAGE =
            Json.parse("{\"action\":\"subscribe\",\"more\":{\"a\":[1,\"b\"]}}").orElseThrow();

    @AfterAll
    static void stop() {
        DATABASE.close();
        RUNTIME.close();
    }

    @Test
    void each_slightly_wrong_message_gets_one_response() throws InterruptedException {
        Cases.run(
                Scale.of(50, 15_000),
                random -> {
                    var frames = new ByteArrayOutputStream();
                    int messages = 1 + random.nextInt(4);
                    for (int n = 0; n < messages; n++) {
                        byte[] message =
                                InputMutator.json(MESSAGE, 5, random)
                                        .getBytes(StandardCharsets.UTF_8);
                        frames.writeBytes(SocketBytes.frame(WHOLE_TEXT, cut(message)));
                    }
                    List<Frame> answers = answers(handshake(), frames.toByteArray(), messages);
                    answers.forEach(LiveFuzzTest::assertSound);
                    assertThat(answers.stream().filter(it -> it.opCode() == TEXT))
                            .hasSize(messages);
                });
    }

    /** Replaces a message that is longer than a frame may be by a shorter text. */
    private static byte[] cut(byte[] message) {
        return message.length <= 32 * 1024
                ? message
                : "[".repeat(32 * 1024).getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void slightly_wrong_frames_end_the_connection_cleanly() throws InterruptedException {
        Cases.run(
                Scale.of(80, 25_000),
                random ->
                        answers(handshake(), frames(random), 0).forEach(LiveFuzzTest::assertSound));
    }

    @Test
    void slightly_wrong_handshakes_get_valid_responses() throws InterruptedException {
        Cases.run(
                Scale.of(80, 25_000),
                random -> {
                    String ticket = InputMutator.text(random);
                    byte[] handshake = handshake("/live?ticket=" + ticket);
                    String answer =
                            RawHttp.answer(
                                    PORT,
                                    random.nextBoolean()
                                            ? InputMutator.bytes(handshake, random)
                                            : handshake);
                    RawAnswer.assertSound(answer);
                    assertThat(RawAnswer.statuses(answer)).doesNotContain(101);
                });
    }

    @Test
    void handshake_leaves_no_http_session_behind() {
        assertThat(RawHttp.answer(PORT, handshake()))
                .startsWith("HTTP/1.1 101 ")
                .doesNotContainIgnoringCase("cookie");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz", "%ff%fe", "%u0041", "%", "%c0%af"})
    void query_that_is_not_percent_encoded_is_a_client_error(String ticket) {
        String answer = RawHttp.answer(PORT, handshake("/live?ticket=" + ticket));

        assertThat(RawAnswer.statuses(answer)).as(answer).containsAnyOf(400, 403).hasSize(1);
    }

    private static byte[] handshake() {
        return handshake("/live?ticket=" + TICKETS.issue(Topic.ofOwner("local")).value());
    }

    private static byte[] handshake(String target) {
        return SocketBytes.handshake(target, "");
    }

    private static byte[] frames(Random random) {
        var frames = new ByteArrayOutputStream();
        do {
            byte[] frame = SocketBytes.frame(first(random), payload(random));
            frames.writeBytes(
                    InputMutator.oneIn(6, random) ? InputMutator.bytes(frame, random) : frame);
        } while (!InputMutator.oneIn(4, random));
        return frames.toByteArray();
    }

    /**
     * Returns the first byte of a frame: usually that of a complete text, otherwise a random one,
     * which may have any opcode and reserved bits or lack the final bit.
     */
    private static int first(Random random) {
        return InputMutator.oneIn(3, random) ? random.nextInt(256) : WHOLE_TEXT;
    }

    private static byte[] payload(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> new byte[0];
            case 1 -> new byte[] {3, (byte) random.nextInt(256)};
            case 2 -> InputMutator.text(random).getBytes(StandardCharsets.UTF_8);
            case 3 -> "a".repeat(random.nextInt(140_000)).getBytes(StandardCharsets.US_ASCII);
            default -> InputMutator.json(MESSAGE, 5, random).getBytes(StandardCharsets.UTF_8);
        };
    }

    /**
     * Returns the frames that the server sends until it ends the connection, which it must do after
     * the client has closed it.
     *
     * @param first how many responses to await before the client closes the connection
     */
    private static List<Frame> answers(byte[] handshake, byte[] frames, int first)
            throws IOException {
        var answers = new ArrayList<Frame>();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), PORT)) {
            socket.setSoTimeout(120_000);
            var in = new DataInputStream(socket.getInputStream());
            socket.getOutputStream().write(handshake);
            assertThat(SocketBytes.readHead(in)).startsWith("HTTP/1.1 101 ");
            try {
                socket.getOutputStream().write(frames);
                while (answers.size() < first) {
                    answers.add(SocketBytes.readFrame(in));
                }
                socket.getOutputStream()
                        .write(SocketBytes.frame(LAST | CLOSE, new byte[] {3, (byte) 0xe8}));
                socket.shutdownOutput();
            } catch (SocketException closedAlready) {
                // the frames that the server sent before are still to be read
            }
            while (true) {
                answers.add(SocketBytes.readFrame(in));
            }
        } catch (EOFException | SocketException ended) {
            return answers;
        } catch (SocketTimeoutException hangs) {
            throw new AssertionError(
                    "the server did not end the connection after " + answers, hangs);
        }
    }

    private static void assertSound(Frame frame) {
        Leaks.assertNone(frame.text());
        if (frame.opCode() == CLOSE && frame.closeCode() != 0) {
            assertThat(frame.closeCode()).as(frame.text()).isIn(CODES);
        } else if (frame.opCode() == TEXT) {
            JsonNode json =
                    Json.parse(frame.text()).orElseThrow(() -> new AssertionError(frame.text()));
            assertThat(json.path("type").asText()).as(frame.text()).isIn(TYPES);
        }
    }
}
