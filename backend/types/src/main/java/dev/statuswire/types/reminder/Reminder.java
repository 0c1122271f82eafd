package dev.statuswire.types.reminder;

import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.Description;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.sdk.StepContext;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Duration;

/** The request type {@code reminder}: waits for a while, and then reminds of something. */
public final class Reminder implements RequestType<Reminder.Note> {

    record Note(
            @Description("What to be reminded of.") @NotBlank @Size(max = 200) String text,
            @Description("How long to wait, in seconds.") @Min(1) @Max(31_536_000) int seconds) {}

    record Reminded(String text) {}

    @Override
    public Definition<Note> define() {
        return Definition.of("reminder", Note.class)
                .title("Remind me")
                .description("Waits for a while, and then reminds you of something.")
                .example(new Note("Water the plants", 10))
                .delay("wait", context -> Duration.ofSeconds(context.input().seconds()))
                .step("remind", Reminded.class, Reminder::remind)
                .build();
    }

    private static Reminded remind(StepContext<Note> context) {
        return new Reminded(context.input().text());
    }
}
