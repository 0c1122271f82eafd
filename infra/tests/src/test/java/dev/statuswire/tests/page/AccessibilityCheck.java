package dev.statuswire.tests.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Node;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.stream.Collectors;

/** Checks a page with axe: WCAG 2.2 AA, and what axe calls best practice. */
final class AccessibilityCheck {

    private static final List<String> TAGS =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private AccessibilityCheck() {}

    /** Fails if axe finds a violation, and reports each one with its elements. */
    static void check(Page page, String view) {
        List<Rule> violations =
                new AxeBuilder(page).withTags(TAGS).setLegacyMode(true).analyze().getViolations();
        assertThat(violations.stream().map(AccessibilityCheck::described)).as(view).isEmpty();
    }

    private static String described(Rule rule) {
        return rule.getNodes().stream()
                .map(Node::getHtml)
                .collect(Collectors.joining("; ", rule.getId() + " " + rule.getHelp() + ": ", ""));
    }
}
