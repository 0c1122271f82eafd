package dev.statuswire.bench.scenario;

import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.bench.client.FrameCountingSockets;
import dev.statuswire.bench.process.BareWebSocketProcess;
import dev.statuswire.bench.process.StatuswireProcess;
import dev.statuswire.bench.process.Workspace;
import dev.statuswire.bench.result.Measurement;
import dev.statuswire.bench.result.Rounds;
import dev.statuswire.bench.result.Target;
import dev.statuswire.bench.type.BenchNote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures many live connections of one owner: the memory of an idle connection, and how fast all
 * connections receive each change of a request.
 */
public final class ManyConnections implements Scenario {

    private static final String BARE = "bare Jetty WebSocket";

    @Override
    public String name() {
        return "live-connections";
    }

    @Override
    public List<Measurement> measure(Workspace workspace, BenchScale scale)
            throws InterruptedException {
        int many = scale.of(1000, 200);
        try (var statuswire = StatuswireProcess.start(workspace);
                var bare = new BareWebSocketProcess(workspace);
                var subscribers = FrameCountingSockets.ofSubscribers(statuswire.api());
                var bareSockets = FrameCountingSockets.ofSockets(bare.uri())) {
            var api = statuswire.api();
            subscribers.growTo(1);
            bareSockets.growTo(1);
            submit(api, subscribers, scale.of(300, 60));
            long before = statuswire.liveHeapBytes();
            long bareBefore = bare.liveHeapBytes();
            subscribers.growTo(many);
            bareSockets.growTo(many);
            double kibibytes = (many - 1) * 1024.0;
            var heap =
                    new Measurement(
                            "connection.heap",
                            BARE,
                            (statuswire.liveHeapBytes() - before) / kibibytes,
                            (bare.liveHeapBytes() - bareBefore) / kibibytes,
                            "KiB",
                            Target.atMost(2.0));

            Path frame = write(workspace, subscribers.lastFrame());
            int requests = scale.of(10, 6);
            int warmUp = scale.of(3, 1);
            var pushes = new Rounds();
            for (int round = 0; round < warmUp + scale.of(5, 3); round++) {
                double pushed = submit(api, subscribers, requests);
                double sent =
                        bareSockets.framesPerSecond(requests, () -> bare.send(frame, requests));
                if (round >= warmUp) {
                    pushes.add(pushed, sent);
                }
            }
            return List.of(
                    heap,
                    pushes.medians(
                            "push." + many + "-connections",
                            BARE + ", same bytes",
                            "frames/s",
                            Target.atLeast(0.2)));
        }
    }

    /**
     * Submits notes one after the other; returns the frames per second until all frames are
     * received.
     */
    private static double submit(ApiClient api, FrameCountingSockets crowd, int requests)
            throws InterruptedException {
        return crowd.framesPerSecond(
                requests,
                () -> {
                    for (int n = 0; n < requests; n++) {
                        api.putJson("/requests/" + ApiClient.newId(), BenchNote.SUBMISSION)
                                .expect(202);
                    }
                });
    }

    private static Path write(Workspace workspace, String frame) {
        try {
            return Files.writeString(workspace.newFolder("frame").resolve("frame.json"), frame);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
