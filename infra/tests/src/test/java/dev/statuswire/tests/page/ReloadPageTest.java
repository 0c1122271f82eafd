package dev.statuswire.tests.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.statuswire.tests.page.Browsing.button;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.statuswire.core.testing.TypeJar;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.local.LocalSettings;
import dev.statuswire.tests.RuntimeExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A jar is built again while the page with the form of its type is open. */
final class ReloadPageTest {

    private static final Path FOLDER = newFolder();
    private static final Path JAR = FOLDER.resolve("greet.jar");

    @RegisterExtension
    static final RuntimeExtension LOCAL =
            new RuntimeExtension(
                    LocalSettings.forTests(TransitionTiming.DEFAULT)
                            .withTypeFolders(List.of(FOLDER)));

    @RegisterExtension final Browsing browsing = new Browsing(LOCAL);

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("reloaded-types");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @AfterAll
    static void deleteFolder() throws IOException {
        Files.deleteIfExists(JAR);
        Files.delete(FOLDER);
    }

    @BeforeEach
    void buildFirstVersion() {
        TypeJar.greet("greet", "name", "Greet a person").writeTo(JAR);
    }

    @Test
    void form_shows_the_new_field_and_keeps_what_was_typed_and_the_focus() {
        Page page = openForm();
        page.evaluate("window.sameDocument = true");
        Locator name = page.locator("[name=name]");
        name.fill("Grace");

        withPlace("Greet a person at a place").writeTo(JAR);

        assertThat(page.locator("[name=place]")).hasValue("here");
        assertThat(page.locator("[data-request-type] option:checked"))
                .hasText("Greet a person at a place");
        assertThat(name).hasValue("Grace");
        assertThat(name).isFocused();
        page.keyboard().type(" Hopper");
        page.locator("[name=place]").fill("the harbour");
        button(page, "Submit").click();
        String id = page.locator(".submitted a").getAttribute("href").replaceFirst(".*/", "");
        assertThat(LOCAL.finished(id).path("result").path("text").asText())
                .isEqualTo("Hello Grace Hopper at the harbour");
        assertThat(page.evaluate("window.sameDocument")).isEqualTo(true);
    }

    @Test
    void type_of_a_deleted_jar_disappears_from_the_form_and_returns() throws IOException {
        Page page = openForm();
        page.locator("[name=name]").fill("Grace");

        Files.delete(JAR);

        Locator options = page.locator("[data-request-type] option");
        assertThat(options.and(page.locator("[value=greet]"))).hasCount(0);
        TypeJar.greet("greet", "name", "Greet a person").writeTo(JAR);
        assertThat(page.locator("[data-request-type]")).hasValue("greet");
        assertThat(page.locator("[name=name]")).hasValue("Grace");
    }

    private Page openForm() {
        Page page = browsing.openLive("");
        page.locator("[data-request-type]").selectOption("greet");
        return page;
    }

    private static TypeJar withPlace(String title) {
        return TypeJar.of(
                "Greet",
                """
                public final class Greet implements RequestType<Greet.Visit> {
                    public record Visit(String place, String name) {}
                    public record Greeting(String text) {}
                    public Definition<Visit> define() {
                        return Definition.of("greet", Visit.class).title("%s")
                                .example(new Visit("here", "Ada"))
                                .step("greet", Greeting.class, c -> new Greeting("Hello "
                                        + c.input().name() + " at " + c.input().place()))
                                .build();
                    }
                }
                """
                        .formatted(title));
    }
}
