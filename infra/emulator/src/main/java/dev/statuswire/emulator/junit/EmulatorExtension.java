package dev.statuswire.emulator.junit;

import dev.statuswire.emulator.Emulator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts an {@link Emulator} before tests and closes it after them. In a static field with
 * {@code @RegisterExtension}, one emulator is started for the class; in an instance field, one for
 * each test. A test method can have a parameter of type {@link Emulator}.
 *
 * <p>A test fails if a handler has thrown an exception that the test did not {@linkplain
 * Emulator#takeErrors take}.
 */
public final class EmulatorExtension
        implements BeforeAllCallback,
                BeforeEachCallback,
                AfterEachCallback,
                AfterAllCallback,
                ParameterResolver {

    private final SetUp setUp;
    private @Nullable Emulator emulator;
    private String startedFor = "";

    /** Creates tables and registers handlers. */
    @FunctionalInterface
    public interface SetUp {
        void of(Emulator aws) throws Exception;
    }

    /**
     * Creates an extension.
     *
     * @param setUp called once for each emulator, after its start
     */
    public EmulatorExtension(SetUp setUp) {
        this.setUp = setUp;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        start(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        start(context);
    }

    private void start(ExtensionContext context) throws Exception {
        if (emulator == null) {
            startedFor = context.getUniqueId();
            emulator = Emulator.start();
            setUp.of(emulator);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        stop(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop(context);
    }

    private void stop(ExtensionContext context) {
        Emulator running = emulator;
        if (running == null) {
            return;
        }
        if (startedFor.equals(context.getUniqueId())) {
            emulator = null;
            running.close();
        }
        failIfAny(running.takeErrors());
    }

    private static void failIfAny(List<Throwable> errors) {
        if (!errors.isEmpty()) {
            var failure = new AssertionError("a handler failed: " + errors.getFirst());
            failure.initCause(errors.getFirst());
            errors.stream().skip(1).forEach(failure::addSuppressed);
            throw failure;
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Emulator.class;
    }

    @Override
    public Emulator resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Objects.requireNonNull(emulator, "the emulator has not been started yet");
    }
}
