package dev.statuswire.simulator.site;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.link.LinkSecret;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.processor.work.StoredRequestContext;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.StepContext;
import dev.statuswire.sdk.StepFailed;
import dev.statuswire.sdk.StepWork;
import dev.statuswire.sdk.UndoWork;
import dev.statuswire.simulator.chance.RandomChoices;
import dev.statuswire.simulator.chance.SimulatedFault;
import dev.statuswire.simulator.check.GuaranteeChecker;
import dev.statuswire.simulator.machine.SimulatedProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Request types whose steps have an effect, take time, and may fail. */
final class SimulatedTypes {

    static final String QUICK = "quick";
    static final String SLOW = "slow";

    /** Quick, with one step, so that it needs no claim. */
    static final String SINGLE = "single";

    /** Kills the process that runs it. */
    static final String DEADLY = "deadly";

    /** Takes longer than a short invocation, but not longer than a long one. */
    static final String LONG = "long";

    /** Has another second step in the previous release. */
    static final String CHANGED = "changed";

    /** Unknown to the previous release. */
    static final String NEWER = "newer";

    /** Waits for an answer, without a default, and then for another one. */
    static final String ASKING = "asking";

    /** Has steps that can be undone, before and after a wait, and often fails. */
    static final String TRIP = "trip";

    /** Waits for a time. */
    static final String RESTING = "resting";

    private static final Set<String> UNDOABLE = Set.of("flight", "hotel", "car");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG_TIME = Duration.ofSeconds(40);

    private final SimulatedProcess host;
    private final RandomChoices choices;
    private final GuaranteeChecker checker;
    private final Optional<SentLinks> sentLinks;
    private final Duration limit;

    private SimulatedTypes(
            SimulatedProcess host,
            RandomChoices choices,
            GuaranteeChecker checker,
            Optional<SentLinks> sentLinks,
            Duration limit) {
        this.host = host;
        this.choices = choices;
        this.checker = checker;
        this.sentLinks = sentLinks;
        this.limit = limit;
    }

    /**
     * @param sentLinks receives the links that steps create; empty if they create none
     * @param limit the time limit of a step, which some steps exceed
     */
    static RequestTypes of(
            SimulatedProcess host,
            RandomChoices choices,
            GuaranteeChecker checker,
            Optional<SentLinks> sentLinks,
            Duration limit,
            boolean isOfPreviousRelease) {
        var types = new SimulatedTypes(host, choices, checker, sentLinks, limit);
        Duration longLimit = LONG_TIME.multipliedBy(2);
        var longer = new SimulatedTypes(host, choices, checker, sentLinks, longLimit);
        var all = new ArrayList<Definition<?>>();
        all.add(types.type(QUICK, "check", "create").build());
        all.add(types.type(SINGLE, "note").build());
        all.add(types.type(SLOW, "take", "make", "give").slow().build());
        all.add(types.asking());
        all.add(types.resting());
        all.add(types.trip());
        all.add(types.type(DEADLY, "die").build());
        all.add(longer.type(LONG, "last").slow().build());
        all.add(
                types.type(CHANGED, "open", isOfPreviousRelease ? "fill" : "pour", "close")
                        .build());
        if (!isOfPreviousRelease) {
            all.add(types.type(NEWER, "renew").build());
        }
        return RequestTypes.of(all);
    }

    private Definition.Builder<JsonNode> type(String name, String... steps) {
        var type =
                Definition.of(name, JsonNode.class)
                        .schema("{}")
                        .example(Json.MAPPER.createObjectNode());
        return with(type, name, steps);
    }

    private Definition.Builder<JsonNode> with(
            Definition.Builder<JsonNode> type, String name, String... steps) {
        for (String step : steps) {
            var work = new SimulatedStep(name, step);
            type.step(step, JsonNode.class, work, options -> options.timeLimit(limit));
        }
        return type;
    }

    private Definition<JsonNode> asking() {
        var type = type(ASKING, "ask");
        type.answer("reply", JsonNode.class, options -> options.within(waitOf("reply")));
        type.answer(
                "confirm",
                JsonNode.class,
                options ->
                        options.when(context -> !choices.oneIn(3))
                                .within(waitOf("confirm"))
                                .orElse(Json.MAPPER.createObjectNode().put("by", "default")));
        return with(type, ASKING, "act").build();
    }

    private Definition<JsonNode> trip() {
        Definition.Builder<JsonNode> type = type(TRIP, "plan");
        undoable(type, "flight");
        type.answer(
                "reply",
                JsonNode.class,
                options -> options.when(context -> choices.oneIn(3)).within(waitOf("reply")));
        undoable(type, "hotel");
        with(type, TRIP, "note");
        undoable(type, "car");
        return type.build();
    }

    private void undoable(Definition.Builder<JsonNode> type, String step) {
        type.step(
                step,
                JsonNode.class,
                new SimulatedStep(TRIP, step),
                options -> options.timeLimit(limit).undo(new SimulatedUndo(step)));
    }

    private final class SimulatedUndo implements UndoWork<JsonNode, JsonNode> {

        private final String step;

        private SimulatedUndo(String step) {
            this.step = step;
        }

        @Override
        public void undo(StepContext<JsonNode> context, @Nullable JsonNode output)
                throws Exception {
            host.check();
            host.timeAndRandomness().waiting().pause(choices.upTo(SHORT));
            host.check();
            if (choices.happens(SimulatedFault.STEP_REJECTS)) {
                throw new StepFailed("rejected", "Simulated rejection of an undo.");
            }
            if (choices.happens(SimulatedFault.STEP_FAILS)) {
                throw new IllegalStateException("simulated failure of an undo");
            }
            String key = context.effectKey(step);
            if (!context.effectKey().equals(key + "/undo")) {
                throw new StepFailed("wrong-key", context.effectKey());
            }
            checker.undone(key);
            if (choices.happens(SimulatedFault.STEP_FAILS)) {
                throw new IllegalStateException("simulated failure after the undo");
            }
        }
    }

    private Definition<JsonNode> resting() {
        Definition.Builder<JsonNode> type = type(RESTING, "begin");
        type.delayUntil(
                "rest",
                context -> {
                    Duration time = waitOf("rest").run(context);
                    return now().plus(time == null ? Duration.ZERO : time);
                });
        return with(type, RESTING, "end").build();
    }

    private Instant now() {
        return host.timeAndRandomness().clock().instant();
    }

    /** Chooses how long to wait. Like any code of a type, this can crash and fail. */
    private StepWork<JsonNode, Duration> waitOf(String step) {
        return context -> {
            host.check();
            if (choices.happens(SimulatedFault.STEP_FAILS)) {
                throw new IllegalStateException("simulated failure before a wait");
            }
            Duration time = choices.upTo(LONGEST_WAIT).plusMillis(1);
            checker.plannedWait(StoredRequestContext.of(context), step, now().plus(time));
            return time;
        };
    }

    private final class SimulatedStep implements StepWork<JsonNode, JsonNode> {

        private final String type;
        private final String name;

        private SimulatedStep(String type, String name) {
            this.type = type;
            this.name = name;
        }

        @Override
        public JsonNode run(StepContext<JsonNode> context) throws Exception {
            host.check();
            Request request = StoredRequestContext.of(context);
            checker.started(host, request, name, host.scheduler().now().plus(limit));
            if (type.equals(DEADLY) && !choices.oneIn(20)) {
                host.kill();
                host.check();
            }
            work(context);
            if (isRejected(context)) {
                throw new StepFailed("rejected", "Simulated rejection.");
            }
            if (choices.happens(SimulatedFault.STEP_FAILS)) {
                throw new IllegalStateException("simulated failure");
            }
            if (type.equals(ASKING) && name.equals("ask")) {
                sentLinks.ifPresent(sent -> sendLink(context, sent));
            }
            checker.effect(context.effectKey(), request);
            if (UNDOABLE.contains(name)) {
                checker.undoableEffect(context.effectKey());
            }
            if (choices.happens(SimulatedFault.STEP_FAILS)) {
                throw new IllegalStateException("simulated failure after the effect");
            }
            return Json.MAPPER.createObjectNode().put("effect", context.effectKey());
        }

        /** Asks a visitor by a link, as a step does that sends a message before the wait. */
        private void sendLink(StepContext<JsonNode> context, SentLinks sent) {
            if (choices.oneIn(2)) {
                String url = context.link("reply").toString();
                LinkSecret secret =
                        LinkSecret.of(url.substring(url.lastIndexOf('/') + 1)).orElseThrow();
                checker.links().created(secret.linkId(), StoredRequestContext.of(context));
                sent.send(secret);
            }
        }

        /** A step that rejects its request has no effect, not even one of an earlier run. */
        private boolean isRejected(StepContext<JsonNode> context) {
            boolean isFull = name.equals("car") && choices.oneIn(3);
            boolean isRejected = choices.happens(SimulatedFault.STEP_REJECTS);
            return (isFull || isRejected)
                    && !(type.equals(TRIP) && checker.hasEffect(context.effectKey()));
        }

        private void work(StepContext<JsonNode> context) throws InterruptedException {
            if (type.equals(LONG)) {
                host.timeAndRandomness().waiting().pause(LONG_TIME);
            }
            if (choices.happens(SimulatedFault.STEP_SLOW)) {
                context.progress(50, "slow");
                Duration time = choices.upTo(limit.multipliedBy(3).dividedBy(2));
                if (choices.oneIn(3)) {
                    host.scheduler().sleep(time);
                } else {
                    host.timeAndRandomness().waiting().pause(time);
                }
                context.cancelled();
            } else {
                host.timeAndRandomness().waiting().pause(choices.upTo(SHORT));
            }
            host.check();
        }
    }
}
