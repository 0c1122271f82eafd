package dev.statuswire.aws.template;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import dev.statuswire.aws.Synthesized;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Tests in a browser that requests are accepted even if every function is down. */
final class PageWithoutFunctionsTest {

    private static final double PATIENCE_MILLIS = 60_000;

    @Test
    void page_loads_and_submits_while_every_function_is_disabled() {
        Synthesized shipped = Synthesized.shipped();
        JsonNode template = disabled(shipped.template());
        try (var stack = RunningStack.of(template, shipped.folder()).start();
                Playwright playwright = Playwright.create();
                Browser browser = playwright.chromium().launch(chromium())) {
            Page page = browser.newPage();
            page.setDefaultTimeout(PATIENCE_MILLIS);
            page.navigate(stack.page() + "/");
            logIn(page);

            page.locator("[data-request-type]").selectOption("place-order");
            button(page, "Submit").click();

            Locator row = page.locator("[data-request-id]");
            assertThat(row).hasAttribute("data-status", "ACCEPTED");
            Assertions.assertThat(stack.calls())
                    .extracting(CallRecorder.RecordedCall::action)
                    .contains("UpdateItem");
            Assertions.assertThat(stack.calls())
                    .extracting(CallRecorder.RecordedCall::caller)
                    .allMatch(it -> it.startsWith("RestApiDirect"));
        }
    }

    /** Disables every function as an operator does, so that none may run. */
    private static JsonNode disabled(JsonNode template) {
        ObjectNode copy = template.deepCopy();
        copy.path("Resources")
                .valueStream()
                .filter(it -> it.path("Type").asText().equals("AWS::Lambda::Function"))
                .map(it -> (ObjectNode) it.path("Properties"))
                .forEach(it -> it.put("ReservedConcurrentExecutions", 0));
        return copy;
    }

    private static BrowserType.LaunchOptions chromium() {
        String executable =
                Optional.ofNullable(System.getenv("STATUSWIRE_HEADLESS_SHELL"))
                        .or(() -> Optional.ofNullable(System.getenv("STATUSWIRE_CHROMIUM")))
                        .orElse("/usr/bin/chromium");
        return new BrowserType.LaunchOptions()
                .setExecutablePath(Path.of(executable))
                .setArgs(
                        List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-networking"));
    }

    private static void logIn(Page page) {
        button(page, "Log in").click();
        page.locator("input[name=username]").fill("ada");
        page.locator("input[type=submit], button[type=submit]").first().click();
        assertThat(button(page, "Log out")).isVisible();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }
}
