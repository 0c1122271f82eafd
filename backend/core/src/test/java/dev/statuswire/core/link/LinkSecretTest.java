package dev.statuswire.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.request.RequestKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LinkSecretTest {

    private static final String TEXT = "0mBkUvN6_5yYCcf0zWgVJA";

    @Test
    void secret_has_128_random_bits_in_22_characters() {
        SecureRandom random = new SecureRandom();

        var texts =
                Stream.generate(() -> LinkSecret.generate(random).text())
                        .limit(1000)
                        .collect(Collectors.toSet());

        assertThat(texts)
                .hasSize(1000)
                .allMatch(text -> text.matches("[A-Za-z0-9_-]{22}"))
                .allMatch(text -> Base64.getUrlDecoder().decode(text).length == 16);
    }

    @Test
    void every_bit_of_the_random_bytes_is_part_of_the_secret() {
        LinkSecret secret = LinkSecret.generate(new Constant());

        assertThat(Base64.getUrlDecoder().decode(secret.text())).containsOnly(-1);
    }

    /** Generates only ones. */
    private static final class Constant implements java.util.random.RandomGenerator {

        @Override
        public long nextLong() {
            return -1;
        }
    }

    @Test
    void link_id_is_the_sha_256_of_the_text() {
        // printf 0mBkUvN6_5yYCcf0zWgVJA | openssl dgst -sha256 -binary | base64 | tr +/ -_
        assertThat(LinkSecret.of(TEXT).orElseThrow().linkId())
                .isEqualTo("mY8lixmALhKqQD8WInGlyAlXp_D54j1JztK1KwyEkmI");
    }

    @Test
    void text_of_a_secret_does_not_contain_it() {
        assertThat(LinkSecret.of(TEXT).orElseThrow().toString()).doesNotContain(TEXT);
        assertThat(new Links.Created(link(TEXT), new LinkSecret(TEXT)).toString())
                .doesNotContain(TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0mBkUvN6_5yYCcf0zWgVJ",
                "0mBkUvN6_5yYCcf0zWgVJAA",
                "0mBkUvN6+5yYCcf0zWgVJA",
                "0mBkUvN6/5yYCcf0zWgVJA",
                "0mBkUvN6_5yYCcf0zWgVJ=",
                "0mBkUvN6_5yYCcf0zWgVJA\n",
                "0mBkUvN6_5yYCcf0zWgVJä"
            })
    void text_of_another_form_is_no_secret(String text) {
        assertThat(LinkSecret.of(text)).isEmpty();
    }

    @Test
    void secret_belongs_to_the_link_with_its_id() {
        LinkSecret secret = new LinkSecret(TEXT);

        assertThat(secret.isOf(link(TEXT))).isTrue();
        assertThat(secret.isOf(link("1mBkUvN6_5yYCcf0zWgVJA"))).isFalse();
    }

    private static Link link(String secret) {
        return new Link(
                new LinkSecret(secret).linkId(),
                new RequestKey("ada", "request-1"),
                "a-life",
                new LinkOptions(LinkScope.WATCH, null, null, false, Instant.EPOCH),
                Instant.EPOCH);
    }
}
