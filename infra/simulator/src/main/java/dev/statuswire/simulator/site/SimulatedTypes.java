package dev.statuswire.simulator.site;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.type.Pace;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.core.type.Step;
import dev.statuswire.core.type.StepContext;
import dev.statuswire.core.type.StepFailed;
import dev.statuswire.simulator.chance.RandomChoices;
import dev.statuswire.simulator.chance.SimulatedFault;
import dev.statuswire.simulator.check.GuaranteeChecker;
import dev.statuswire.simulator.machine.SimulatedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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

    /** Unknown to the previous release. */
    static final String NEWER = "newer";

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG_TIME = Duration.ofSeconds(40);

    private final SimulatedProcess host;
    private final RandomChoices choices;
    private final GuaranteeChecker checker;
    private final Duration limit;

    private SimulatedTypes(
            SimulatedProcess host,
            RandomChoices choices,
            GuaranteeChecker checker,
            Duration limit) {
        this.host = host;
        this.choices = choices;
        this.checker = checker;
        this.limit = limit;
    }

    /**
     * @param limit the time limit of a step, which some steps exceed
     */
    static RequestTypes of(
            SimulatedProcess host,
            RandomChoices choices,
            GuaranteeChecker checker,
            Duration limit,
            boolean isOfPreviousRelease) {
        var types = new SimulatedTypes(host, choices, checker, limit);
        var longer = new SimulatedTypes(host, choices, checker, LONG_TIME.multipliedBy(2));
        var all = new ArrayList<Type>();
        all.add(new Type(QUICK, Pace.QUICK, types.steps("check", "create")));
        all.add(new Type(SINGLE, Pace.QUICK, types.steps("note")));
        all.add(new Type(SLOW, Pace.SLOW, types.steps("take", "make", "give")));
        all.add(new Type(DEADLY, Pace.QUICK, types.steps("die")));
        all.add(new Type(LONG, Pace.SLOW, longer.steps("last")));
        if (!isOfPreviousRelease) {
            all.add(new Type(NEWER, Pace.QUICK, types.steps("renew")));
        }
        return RequestTypes.of(all);
    }

    private List<Step> steps(String... names) {
        return Stream.of(names).<Step>map(SimulatedStep::new).toList();
    }

    private final class SimulatedStep implements Step {

        private final String name;

        private SimulatedStep(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Duration timeLimit() {
            return limit;
        }

        @Override
        public JsonNode run(StepContext context) throws Exception {
            host.check();
            checker.started(host, context.request(), name, host.scheduler().now().plus(limit));
            if (context.request().type().equals(DEADLY) && !choices.oneIn(20)) {
                host.kill();
                host.check();
            }
            work(context);
            if (choices.happens(SimulatedFault.STEP_REJECTS)) {
                throw new StepFailed("rejected", "Simulated rejection.");
            }
            if (choices.happens(SimulatedFault.STEP_FAILS)) {
                throw new IllegalStateException("simulated failure");
            }
            checker.effect(context.effectKey(), context.request());
            if (choices.happens(SimulatedFault.STEP_FAILS)) {
                throw new IllegalStateException("simulated failure after the effect");
            }
            return Json.MAPPER.createObjectNode().put("effect", context.effectKey());
        }

        private void work(StepContext context) throws InterruptedException {
            if (context.request().type().equals(LONG)) {
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

    private record Type(String name, Pace pace, List<Step> steps) implements RequestType {

        @Override
        public String title() {
            return name;
        }

        @Override
        public String description() {
            return name;
        }

        @Override
        public String inputSchema() {
            return "{}";
        }

        @Override
        public String example() {
            return "{}";
        }
    }
}
