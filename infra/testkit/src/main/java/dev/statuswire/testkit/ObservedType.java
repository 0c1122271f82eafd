package dev.statuswire.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.sdk.AnswerOptions;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.Pace;
import dev.statuswire.sdk.PlannedWait;
import dev.statuswire.sdk.StepContext;
import dev.statuswire.sdk.StepDefinition;
import dev.statuswire.sdk.StepKind;
import dev.statuswire.sdk.StepOptions;
import dev.statuswire.sdk.StepWork;
import dev.statuswire.testkit.TestProcess.Crash;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Copies the definition of a type, with steps, waits and undos that report to the world. */
final class ObservedType<I> {

    private final World<I> world;
    private final TestProcess<I> process;

    ObservedType(World<I> world, TestProcess<I> process) {
        this.world = world;
        this.process = process;
    }

    Definition<I> of(Definition<I> definition) {
        var copy =
                Definition.of(definition.name(), definition.inputType())
                        .example(definition.example());
        definition.schema().ifPresent(copy::schema);
        if (definition.pace() == Pace.SLOW) {
            copy.slow();
        }
        definition.steps().forEach(step -> add(copy, step));
        return copy.build();
    }

    private void add(Definition.Builder<I> copy, StepDefinition<I, ?> step) {
        if (step.kind() == StepKind.WORK) {
            copy.step(
                    step.name(),
                    JsonNode.class,
                    context -> run(step.name(), context, step::run),
                    options -> copyOptions(step, options));
            return;
        }
        // Waits have the policy of their type; every other step sets its own.
        copy.retry(step.retry());
        if (step.kind() == StepKind.DELAY) {
            copy.delayUntil(
                    step.name(), context -> plan(step, context).map(this::end).orElse(null));
        } else {
            copy.answer(step.name(), JsonNode.class, options -> copyOptions(step, options));
        }
    }

    private void copyOptions(StepDefinition<I, ?> step, StepOptions<I, JsonNode> options) {
        options.retry(step.retry()).timeLimit(step.timeLimit());
        if (step.hasUndo()) {
            options.undo((context, output) -> undo(step, context, output));
        }
    }

    /** Plans the wait once, when the product asks first, and then tells what was planned. */
    private void copyOptions(StepDefinition<I, ?> step, AnswerOptions<I, JsonNode> options) {
        var planned = new AtomicReference<PlannedWait>();
        options.when(
                        context -> {
                            Optional<PlannedWait> wait = plan(step, context);
                            wait.ifPresent(planned::set);
                            wait.map(PlannedWait::defaultAnswer).ifPresent(options::orElse);
                            return wait.isPresent();
                        })
                .prompt(context -> planned.get().prompt())
                .within(context -> planned.get().within());
    }

    private Optional<PlannedWait> plan(StepDefinition<I, ?> step, StepContext<I> context)
            throws Exception {
        return Objects.requireNonNull(run(step.name(), context, step::planWait));
    }

    /** Returns when a delay ends; a time that the product refuses if the delay is too long. */
    private Instant end(PlannedWait delay) {
        try {
            return delay.endsAt(world.time().instant());
        } catch (IllegalArgumentException tooLong) {
            return Instant.MAX;
        }
    }

    private void undo(StepDefinition<I, ?> step, StepContext<I> context, @Nullable JsonNode output)
            throws Exception {
        JsonNode json = output == null ? NullNode.getInstance() : output;
        run(
                Journal.undoOf(step.name()),
                context,
                observed -> {
                    step.undo(observed, json);
                    return null;
                });
    }

    private <T> @Nullable T run(String step, StepContext<I> context, StepWork<I, T> work)
            throws Exception {
        process.requireAlive();
        var key = new RequestKey(context.owner(), context.requestId());
        Journal journal = world.journal(key);
        World.Run outer = world.setRunning(new World.Run(process, key, step));
        try {
            Optional<Exception> planned = journal.started(step, context.failures());
            if (planned.isPresent()) {
                throw planned.get();
            }
            return work.run(new TestContext<>(context, world, process, step));
        } catch (Crash crash) {
            throw crash;
        } catch (Exception | Error thrown) {
            journal.threw(step, thrown);
            throw thrown;
        } finally {
            world.setRunning(outer);
        }
    }
}
