package dev.statuswire.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PageSecurityPolicyTest {

    @Test
    void what_is_not_named_is_forbidden() {
        assertThat(directives())
                .startsWith("default-src 'none'")
                .contains("script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .noneMatch(it -> it.contains("unsafe") || it.contains("*"));
    }

    @Test
    void text_becomes_markup_by_templates_only() {
        assertThat(directives())
                .contains("require-trusted-types-for 'script'", "trusted-types lit-html");
    }

    @Test
    void page_talks_to_its_own_origin_and_to_whoever_logs_people_in() {
        assertThat(directives("https://id.example.org", "https://id.example.org"))
                .contains("connect-src 'self' https://id.example.org");
    }

    private static List<String> directives(String... loginOrigins) {
        return List.of(PageSecurityPolicy.contentSecurity(List.of(loginOrigins)).split("; "));
    }
}
