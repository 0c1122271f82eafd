package dev.statuswire.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StepDefinitionTest {

    record Input() {}

    private final AtomicReference<@Nullable ClassLoader> seen = new AtomicReference<>();

    private StepDefinition<Input, ?> step(StepWork<Input, String> work) {
        return Definition.of("greet", Input.class)
                .example(new Input())
                .step("greet", String.class, work)
                .build()
                .steps()
                .getFirst();
    }

    /** The context is not used. */
    @SuppressWarnings("NullAway")
    private static Object run(StepDefinition<Input, ?> step) throws Exception {
        return step.run(null);
    }

    @Test
    void step_runs_with_the_context_class_loader_of_its_code() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader other = ClassLoader.getPlatformClassLoader();
        thread.setContextClassLoader(other);
        try {
            assertThat(run(step(_ -> see("done")))).isEqualTo(TextNode.valueOf("done"));
            assertThat(seen).hasValue(StepDefinitionTest.class.getClassLoader());
            assertThat(thread.getContextClassLoader()).isEqualTo(other);

            assertThatThrownBy(() -> run(step(_ -> fail()))).isInstanceOf(TryLater.class);
            assertThat(thread.getContextClassLoader()).isEqualTo(other);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private String see(String output) {
        seen.set(Thread.currentThread().getContextClassLoader());
        return output;
    }

    private static String fail() throws TryLater {
        throw new TryLater("busy", "Later.");
    }
}
