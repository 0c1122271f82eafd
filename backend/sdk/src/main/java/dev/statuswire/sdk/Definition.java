package dev.statuswire.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request type is: its name and texts, the type of its input, and its steps. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * Definition.of("greet", Person.class)
 *         .title("Greet a person")
 *         .example(new Person("Ada"))
 *         .step("greet", Greeting.class, this::greet)
 *         .build();
 * }</pre>
 *
 * @param <I> the type of the input
 */
public final class Definition<I> {

    /**
     * The maximum number of steps of a type. An item must hold outputs of 8 KiB each in addition to
     * an input of 64 KiB.
     */
    public static final int MAX_STEPS = 32;

    /** The maximum length of a step's name in characters. */
    public static final int MAX_STEP_NAME = 100;

    /**
     * The maximum time limit of a step. An invocation of the worker lasts 15 minutes and needs some
     * of that time to claim the request and to write the outcome. A quick request that takes too
     * long goes to the worker as well, so the maximum is the same for both paces.
     */
    public static final Duration MAX_TIME_LIMIT = Duration.ofMinutes(14);

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private final String name;
    private final Class<I> inputType;
    private final String title;
    private final String description;
    private final @Nullable String schema;
    private final I example;
    private final Pace pace;
    private final List<StepDefinition<I, ?>> steps;

    private Definition(Builder<I> builder, I example) {
        this.name = builder.name;
        this.inputType = builder.inputType;
        this.title = builder.title;
        this.description = builder.description;
        this.schema = builder.schema;
        this.example = example;
        this.pace = builder.pace;
        this.steps = builder.steps.stream().<StepDefinition<I, ?>>map(Builder.Step::build).toList();
    }

    /**
     * Starts a definition.
     *
     * @param name the type's unique name in the API, such as {@code place-order}: a lower-case
     *     letter and up to 62 lower-case letters, digits and hyphens. Stored requests have this
     *     name, so do not change it later
     * @param inputType the type of the input: a record or another class that Jackson can read, or
     *     {@link JsonNode} together with {@link Builder#schema}
     * @param <I> the type of the input
     * @return a builder without steps
     */
    public static <I> Builder<I> of(String name, Class<I> inputType) {
        return new Builder<>(name, inputType);
    }

    /** {@return the type's unique name in the API} */
    public String name() {
        return name;
    }

    /** {@return the type of the input} */
    public Class<I> inputType() {
        return inputType;
    }

    /** {@return a short title for users} */
    public String title() {
        return title;
    }

    /** {@return a sentence that describes the type to users; empty if there is none} */
    public String description() {
        return description;
    }

    /** {@return the hand-written JSON Schema of the input; empty if the input type defines it} */
    public Optional<String> schema() {
        return Optional.ofNullable(schema);
    }

    /** {@return an example of an input} */
    public I example() {
        return example;
    }

    /** {@return how long requests of this type take} */
    public Pace pace() {
        return pace;
    }

    /** {@return the steps in the order in which they run} */
    public List<StepDefinition<I, ?>> steps() {
        return steps;
    }

    /** {@return the names of the steps in the order in which they run} */
    public List<String> stepNames() {
        return steps.stream().map(StepDefinition::name).toList();
    }

    /**
     * Builds a definition. Not thread-safe.
     *
     * @param <I> the type of the input
     */
    public static final class Builder<I> {

        private final String name;
        private final Class<I> inputType;
        private final List<Step<I, ?>> steps = new ArrayList<>();
        private String title;
        private String description = "";
        private @Nullable String schema;
        private @Nullable I example;
        private Pace pace = Pace.QUICK;
        private Retry retry = Retry.DEFAULT;

        private Builder(String name, Class<I> inputType) {
            this.name = name;
            this.inputType = inputType;
            this.title = name;
        }

        /** A step whose policy may still be the type's. */
        private record Step<I, O>(
                StepKind kind,
                String name,
                Class<O> outputType,
                StepWork<I, PlannedWait> plan,
                StepWork<I, O> work,
                @Nullable O defaultAnswer,
                StepOptions<I, O> options,
                Builder<I> of) {

            StepDefinition<I, O> build() {
                return new StepDefinition<>(
                        kind,
                        name,
                        outputType,
                        plan,
                        work,
                        defaultAnswer,
                        options.undo(),
                        retry(),
                        options.timeLimit());
            }

            Retry retry() {
                return Objects.requireNonNullElse(options.retry(), of.retry);
            }
        }

        /**
         * Sets a short title for users, such as {@code Place an order}. The default is the name.
         *
         * @param text the title
         * @return this builder
         */
        public Builder<I> title(String text) {
            title = text;
            return this;
        }

        /**
         * Sets a sentence that describes the type to users. The default is no description.
         *
         * @param text the sentence
         * @return this builder
         */
        public Builder<I> description(String text) {
            description = text;
            return this;
        }

        /**
         * Sets a hand-written schema, instead of the one that follows from the input type: JSON
         * Schema draft 4, the version that the models of API Gateway support. Patterns are ECMA-262
         * regular expressions, formats are asserted, and a reference can only point to a part of
         * the same schema or to the schema of draft 4. If the schema is invalid, the API does not
         * start.
         *
         * @param json the schema
         * @return this builder
         * @see <a
         *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html">Data
         *     models for REST APIs</a>
         */
        public Builder<I> schema(String json) {
            schema = json;
            return this;
        }

        /**
         * Sets an example of an input, which every definition must have. It must match the schema,
         * and should succeed on an empty database, because the form starts from it and {@code
         * ./deploy --check} can submit it.
         *
         * @param input the example
         * @return this builder
         */
        public Builder<I> example(I input) {
            example = input;
            return this;
        }

        /**
         * Sets the pace {@link Pace#QUICK}: requests take at most a few seconds. This is the
         * default.
         *
         * @return this builder
         */
        public Builder<I> quick() {
            pace = Pace.QUICK;
            return this;
        }

        /**
         * Sets the pace {@link Pace#SLOW}: requests may take hours.
         *
         * @return this builder
         */
        public Builder<I> slow() {
            pace = Pace.SLOW;
            return this;
        }

        /**
         * Sets how transient failures of a step are retried, for all steps without a policy of
         * their own. The default is two retries, with a backoff of 2 s up to a minute.
         *
         * @param policy the policy of these steps
         * @return this builder
         */
        public Builder<I> retry(Retry policy) {
            retry = policy;
            return this;
        }

        /**
         * Adds a step, which runs after the steps before it. Its output is stored before the next
         * step starts; the output of the last step is the result of the request.
         *
         * @param step the name, unique within the type: 1 to {@value Definition#MAX_STEP_NAME}
         *     characters, not blank
         * @param outputType a record or another class that Jackson can write, or {@link JsonNode}
         * @param work what the step does, such as {@code this::greet}
         * @param <O> the type of the output
         * @return this builder
         */
        public <O> Builder<I> step(String step, Class<O> outputType, StepWork<I, O> work) {
            return step(step, outputType, work, options -> {});
        }

        /**
         * Adds a step with options.
         *
         * @param step the name, unique within the type
         * @param outputType the class of the output
         * @param work what the step does
         * @param options sets the options, such as {@code options -> options.retry(Retry.none())}
         * @param <O> the type of the output
         * @return this builder
         * @see #step(String, Class, StepWork)
         */
        public <O> Builder<I> step(
                String step,
                Class<O> outputType,
                StepWork<I, O> work,
                Consumer<StepOptions<I, O>> options) {
            var chosen = new StepOptions<I, O>();
            options.accept(chosen);
            steps.add(
                    new Step<>(
                            StepKind.WORK,
                            step,
                            outputType,
                            context -> null,
                            work,
                            null,
                            chosen,
                            this));
            return this;
        }

        private <O> Builder<I> waitStep(
                StepKind kind,
                String step,
                Class<O> outputType,
                @Nullable O defaultAnswer,
                StepWork<I, PlannedWait> wait) {
            steps.add(
                    new Step<>(
                            kind,
                            step,
                            outputType,
                            wait,
                            context -> null,
                            defaultAnswer,
                            new StepOptions<>(),
                            this));
            return this;
        }

        private Builder<I> delayStep(String step, StepWork<I, PlannedWait> wait) {
            return waitStep(StepKind.DELAY, step, JsonNode.class, null, wait);
        }

        /**
         * Adds a step that waits. No process runs meanwhile. Its output is null.
         *
         * @param step the name, unique within the type
         * @param time how long to wait, from the end of the step before: more than 0, at most 365
         *     days
         * @return this builder
         */
        public Builder<I> delay(String step, Duration time) {
            requireWait(step, time);
            return delay(step, context -> time);
        }

        /**
         * Adds a step that waits for a time that depends on the request. No process runs meanwhile.
         * Its output is null.
         *
         * @param step the name, unique within the type
         * @param time returns how long to wait, at most 365 days; 0 or less, or null, skips the
         *     wait
         * @return this builder
         */
        public Builder<I> delay(String step, StepWork<I, Duration> time) {
            return delayStep(
                    step,
                    context -> {
                        Duration within = time.run(context);
                        return within == null || within.isNegative() || within.isZero()
                                ? null
                                : new PlannedWait(within, null, null, null);
                    });
        }

        /**
         * Adds a step that waits until a certain time. No process runs meanwhile. Its output is
         * null.
         *
         * @param step the name, unique within the type
         * @param time returns when to go on, at most 365 days ahead; a time in the past, or null,
         *     skips the wait
         * @return this builder
         */
        public Builder<I> delayUntil(String step, StepWork<I, Instant> time) {
            return delayStep(
                    step,
                    context -> {
                        Instant until = time.run(context);
                        return until == null ? null : new PlannedWait(null, until, null, null);
                    });
        }

        /**
         * Adds a step that waits for an answer of a person or another system. No process runs
         * meanwhile. The answer becomes the output of the step.
         *
         * @param step the name, unique within the type
         * @param answerType the type of the answer: a record, from which its schema and its form
         *     follow
         * @param options sets when an answer is needed, the prompt, the longest wait and the
         *     default answer, such as {@code options -> options.within(Duration.ofDays(3))}
         * @param <A> the type of the answer
         * @return this builder
         */
        public <A> Builder<I> answer(
                String step, Class<A> answerType, Consumer<AnswerOptions<I, A>> options) {
            var chosen = new AnswerOptions<I, A>();
            options.accept(chosen);
            requireWait(step, chosen.constant());
            return waitStep(
                    StepKind.ANSWER,
                    step,
                    answerType,
                    chosen.defaultAnswer(),
                    context -> chosen.plan(step, context));
        }

        private void requireWait(String step, Duration time) {
            require(
                    !time.isNegative()
                            && !time.isZero()
                            && time.compareTo(PlannedWait.LONGEST) <= 0,
                    "the wait of step %s is %s; it must be more than 0 and at most %d days"
                            .formatted(step, time, PlannedWait.LONGEST.toDays()));
        }

        /**
         * {@return the definition}
         *
         * @throws InvalidTypeException if it breaks a rule; the message is one line with the name
         *     of the type and the rule
         */
        public Definition<I> build() {
            require(NAME.matcher(name).matches(), "its name does not match " + NAME);
            require(example != null, "it has no example");
            require(schema == null || isJson(schema), "its schema is not JSON");
            require(
                    schema != null || !JsonNode.class.isAssignableFrom(inputType),
                    "its input is JSON, so it needs a schema");
            require(
                    !steps.isEmpty() && steps.size() <= MAX_STEPS,
                    "it must have 1 to %d steps; it has %d".formatted(MAX_STEPS, steps.size()));
            var names = new HashSet<String>();
            steps.forEach(
                    step ->
                            require(
                                    names.add(step.name()),
                                    "two of its steps have the same name, " + step.name()));
            steps.forEach(this::check);
            return new Definition<>(this, Objects.requireNonNull(example));
        }

        private void check(Step<I, ?> step) {
            require(
                    !step.name().isBlank() && step.name().length() <= MAX_STEP_NAME,
                    "the name of a step must have 1 to %d characters and not be blank; this one has %d"
                            .formatted(MAX_STEP_NAME, step.name().length()));
            Duration limit = step.options().timeLimit();
            require(
                    !limit.isNegative() && !limit.isZero() && limit.compareTo(MAX_TIME_LIMIT) <= 0,
                    "the time limit of step %s is %s; it must be more than 0 and at most %s"
                            .formatted(step.name(), limit, MAX_TIME_LIMIT));
            step.retry().check(name, step.name());
        }

        private static boolean isJson(String text) {
            try {
                return !JsonConversion.parse(text).isMissingNode();
            } catch (IllegalArgumentException notJson) {
                return false;
            }
        }

        private void require(boolean rule, String otherwise) {
            if (!rule) {
                throw new InvalidTypeException(name, otherwise);
            }
        }
    }
}
