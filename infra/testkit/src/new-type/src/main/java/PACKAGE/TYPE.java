package @package@;

import dev.statuswire.sdk.Default;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.Description;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.sdk.StepContext;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.io.IOException;

/** The request type {@code @name@}: writes a greeting and sends it. */
public final class @class@ implements RequestType<@class@.Input> {

    /** What a client submits. The page's form and the API's validation follow from it. */
    public record Input(
            @Description("The person to greet.") @NotBlank @Size(max = 100) String name,
            @Description("How many exclamation marks to write.") @Min(1) @Max(5) @Default("1")
                    int marks) {}

    /** The output of the first step. */
    public record Greeting(String text) {}

    /** The output of the second step, which is the result of the request. */
    public record Sent(String to, String text) {}

    @Override
    public Definition<Input> define() {
        return Definition.of("@name@", Input.class)
                .title("@title@")
                .description("Writes a greeting and sends it.")
                .example(new Input("Ada", 1))
                .step("write", Greeting.class, @class@::write)
                .step("send", Sent.class, @class@::send)
                .build();
    }

    private static Greeting write(StepContext<Input> context) {
        Input input = context.input();
        return new Greeting("Hello, " + input.name() + "!".repeat(input.marks()));
    }

    /** May run again after a crash. The outbox sends only one message for each key. */
    private static Sent send(StepContext<Input> context) throws IOException {
        Outbox outbox = context.environment().once(Outbox.class, Outbox::of);
        String to = context.input().name();
        String text = context.output("write", Greeting.class).text();
        outbox.send(context.effectKey(), to, text);
        return new Sent(to, text);
    }
}
