package dev.statuswire.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PageSecurityPolicyTest {

    @Test
    void everything_is_forbidden_by_default() {
        assertThat(directives())
                .startsWith("default-src 'none'")
                .contains("script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .noneMatch(it -> it.contains("unsafe") || it.contains("*"));
    }

    @Test
    void only_templates_may_create_markup_from_text() {
        assertThat(directives())
                .contains("require-trusted-types-for 'script'", "trusted-types lit-html");
    }

    @Test
    void page_connects_only_to_its_own_origin_and_the_issuer() {
        assertThat(directives("https://id.example.org", "https://id.example.org"))
                .contains("connect-src 'self' https://id.example.org");
    }

    private static List<String> directives(String... loginOrigins) {
        return List.of(PageSecurityPolicy.contentSecurity(List.of(loginOrigins)).split("; "));
    }
}
