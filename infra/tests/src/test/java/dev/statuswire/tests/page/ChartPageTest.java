package dev.statuswire.tests.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.statuswire.tests.page.StubbedRequests.before;
import static dev.statuswire.tests.page.StubbedRequests.document;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import dev.statuswire.core.testing.Await;
import dev.statuswire.tests.RuntimeExtension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The chart of the last hour, in a real browser. */
final class ChartPageTest {

    private static final int MINUTE = 60_000;

    private static final Pattern SUCCEEDED = Pattern.compile("(\\d+) succeeded");

    private static final String TRUSTED_TYPES =
            "; require-trusted-types-for 'script'; trusted-types lit-html";

    private static final RuntimeExtension LOCAL = SharedFixtures.runtime();

    @RegisterExtension final Browsing browsing = new Browsing(LOCAL);

    @Test
    void last_hour_is_summarized_in_a_sentence_and_drawn_when_it_is_opened() {
        BrowserContext context = browsing.context();
        new StubbedRequests(context, hour());
        Page page = open(context);
        var scripts = new ArrayList<String>();
        page.onRequest(request -> scripts.add(request.url()));

        assertThat(page.locator(".going-words")).containsText("200 finished: ");
        assertThat(page.locator(".going-words")).containsText("median");
        assertThat(page.locator(".plot canvas")).hasCount(0);
        openChart(page);

        assertThat(page.locator(".plot canvas")).isVisible();
        assertThat(scripts).anyMatch(url -> url.contains("/assets/plot"));
        assertThat(drawn(page)).isGreaterThan(1_000);
        assertThat(page.locator(".legend")).containsText("Succeeded");
    }

    @Test
    void legend_shows_the_minute_under_the_pointer() {
        BrowserContext context = browsing.context();
        String ended =
                """
                {"status":"FAILED","createdAt":"%s","updatedAt":"%s"}
                """
                        .formatted(before(30 * MINUTE + 1_500), before(30 * MINUTE));
        new StubbedRequests(context, document("order-0001", ended));
        Page page = open(context);
        openChart(page);
        Locator over = page.locator(".plot .u-over");
        assertThat(over).isVisible();

        over.hover(
                new Locator.HoverOptions().setPosition(over.boundingBox().width * 29.5 / 60, 20));

        assertThat(page.locator(".legend [data-tone=failed]")).containsText("1");
        assertThat(page.locator(".legend")).containsText("1.5 s");
        assertThat(page.locator(".legend")).not().containsText("Last hour");
    }

    @Test
    void chart_is_updated_when_a_request_finishes() {
        Page page = browsing.openLive("");
        int before = succeeded(page);

        LOCAL.submit("place-order", "{\"dish\":\"soup\",\"quantity\":1}");

        Browsing.await(page, () -> succeeded(page) == before + 1);
    }

    @Test
    void page_remembers_whether_the_chart_is_open() {
        Page page = open(browsing.context());
        openChart(page);
        assertThat(page.locator(".plot canvas")).isVisible();

        page.reload();

        assertThat(page.locator(".plot canvas")).isVisible();
        page.locator(".going > summary").click();
        assertThat(page.locator(".plot canvas")).hasCount(0);
        page.reload();
        assertThat(page.locator(".going")).not().hasAttribute("open", "");
    }

    @Test
    void chart_that_cannot_be_loaded_is_reported_and_loaded_when_it_is_opened_again() {
        Page page = open(browsing.context());
        page.route("**/assets/plot*", route -> route.abort());
        openChart(page);

        assertThat(page.locator(".going")).containsText("could not be loaded");
        page.unroute("**/assets/plot*");
        openChart(page);
        openChart(page);

        assertThat(page.locator(".plot canvas")).isVisible();
        assertThat(page.locator(".going")).not().containsText("could not be loaded");
    }

    @Test
    void colours_change_with_the_scheme_while_the_chart_is_open() {
        BrowserContext context = browsing.context();
        new StubbedRequests(context, hour());
        Page page = open(context);
        openChart(page);
        Await.until("bars in the light", () -> hasColor(page, 0x0d6b43));

        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));

        Await.until("bars in the dark", () -> hasColor(page, 0x63d39d));
        assertThat(hasColor(page, 0x0d6b43)).isFalse();
    }

    /** Returns two hundred finished requests, most of which took seconds. */
    private static ObjectNode[] hour() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        return IntStream.range(0, 200)
                .mapToObj(
                        index -> {
                            long ended = (long) (random.nextDouble() * 59 * MINUTE);
                            long took =
                                    (long)
                                            Math.exp(
                                                    5
                                                            + 2 * random.nextDouble()
                                                            + (ended > 20 * MINUTE ? 2 : 0));
                            String status =
                                    index % 11 == 0
                                            ? "FAILED"
                                            : index % 29 == 0 ? "CANCELLED" : "SUCCEEDED";
                            return document(
                                    "order-%04d".formatted(index),
                                    """
                                    {"status":"%s","createdAt":"%s","updatedAt":"%s"}
                                    """
                                            .formatted(
                                                    status, before(ended + took), before(ended)));
                        })
                .toArray(ObjectNode[]::new);
    }

    private Page open(BrowserContext context) {
        context.clock().setFixedTime(StubbedRequests.NOW.toEpochMilli());
        Page page = browsing.open(context, "");
        assertThat(page.locator(".going")).isVisible();
        return page;
    }

    private static void openChart(Page page) {
        page.locator(".going > summary").click();
    }

    @Test
    void chart_and_details_comply_with_the_strictest_security_policy() {
        BrowserContext context = browsing.context();
        String running =
                """
                {"input":{"list":[1,{}]},
                 "steps":[{"name":"cook","status":"RUNNING","startedAt":"%s"}]}
                """
                        .formatted(before(4_000));
        new StubbedRequests(context, document("order-0001", running));
        context.route(
                LOCAL.page().toString(),
                route -> {
                    APIResponse answer = route.fetch();
                    var headers = new HashMap<>(answer.headers());
                    headers.merge("content-security-policy", TRUSTED_TYPES, String::concat);
                    route.fulfill(
                            new Route.FulfillOptions().setResponse(answer).setHeaders(headers));
                });
        context.addInitScript(
                "window.broken = []; addEventListener('securitypolicyviolation',"
                        + " (event) => broken.push(event.violatedDirective + event.sourceFile))");
        context.clock().setFixedTime(StubbedRequests.NOW.toEpochMilli());
        Page page = browsing.open(context, "#/requests/order-0001");
        openChart(page);

        assertThat(page.locator(".plot canvas")).isVisible();
        assertThat(page.locator(".stretch.growing")).isVisible();
        assertThat(page.evaluate("broken.join()")).isEqualTo("");
        assertThat(page.evaluate("try { document.body.innerHTML = '' } catch { 'kept' }"))
                .isEqualTo("kept");
    }

    /** Returns how many requests have succeeded, as the text of the chart says. */
    private static int succeeded(Page page) {
        Matcher words = SUCCEEDED.matcher(page.locator(".going-words").innerText());
        return words.find() ? Integer.parseInt(words.group(1)) : 0;
    }

    private static boolean hasColor(Page page, int color) {
        return (boolean)
                page.evaluate(
                        """
                        color => {
                          const canvas = document.querySelector('.plot canvas');
                          if (!canvas) return false;
                          const { data } = canvas.getContext('2d')
                            .getImageData(0, 0, canvas.width, canvas.height);
                          return data.some((red, index) => index % 4 === 0
                            && (red << 16 | data[index + 1] << 8 | data[index + 2]) === color);
                        }
                        """,
                        color);
    }

    /** Returns how many pixels of the chart are not empty. */
    private static int drawn(Page page) {
        return (int)
                page.evaluate(
                        """
                        () => {
                          const canvas = document.querySelector('.plot canvas');
                          const { data } = canvas.getContext('2d')
                            .getImageData(0, 0, canvas.width, canvas.height);
                          return data.filter((value, index) => index % 4 === 3 && value > 0).length;
                        }
                        """);
    }
}
