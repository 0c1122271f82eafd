package dev.statuswire.schema.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EcmaPatternTest {

    private static final long BUDGET = 10_000_000;

    private static boolean matches(String pattern, String text) {
        return EcmaPattern.of(pattern).isFoundIn(text, new ValidationBudget(BUDGET));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "^abc$, abc, true",
                "b, abc, true",
                "^b, abc, false",
                "^a*?$, aaa, true",
                "^(?:ab){2}$, abab, true",
                "^(?:ab){2}$, ab, false",
                "`^(?:ab){2,3}$`, abababab, false",
                "`^(?:ab){2,}$`, abababab, true",
                "`^a{2,3}$`, aaa, true",
                "`^a{2,3}$`, aaaa, false",
                "`^a{2,3}?$`, aaa, true",
                "`^a{2,3}?a{2}$`, aaaa, true",
                "`^a{2,3}?a{2}$`, aaaaa, true",
                "`^a{2,3}?a{2}$`, aaaaaa, false",
                "`^.{0,3}b$`, aaab, true",
                "`^(?:a{0,3}){3}b$`, aaaaaaaaab, true",
                "`^(?:a{0,3}){3}b$`, aaaaaaaaaab, false",
                "^(a|ab)(c|bcd)(d*)$, abcd, true",
                "^(?:a*)*$, b, false",
                "^(?:a*)*$, aaa, true",
                "^(?:a|b|)+$, abab, true",
                "^(?:)*$, `  `, false",
                "^(?=.*[0-9])(?=.*[a-z]).{4}$, ab1c, true",
                "^(?=.*[0-9])(?=.*[a-z]).{4}$, abcd, false",
                "^(?:(?!ab).)*$, acbd, true",
                "^(?:(?!ab).)*$, cabd, false",
                "(?:(?=a*b)x|aab), aab, true",
                "(?=(?:a|b)*c)a(?=(?:a|b)*c)b, abc, true",
                "(?<=ab)c, abc, true",
                "(?<=ab)c, bbc, false",
                "(?<!ab)c, abc, false",
                "`(?<=a{1,3}b*)c`, aabbc, true",
                "`(?<=^(?:ab)+)c`, ababc, true",
                "`(?<=^(?:ab)+)c`, babc, false",
                "(?<=(\\w)\\1)x, bax, true",
                "(?<=\\1(\\w))x, bax, false",
                "(?<=\\1(\\w))x, aax, true",
                "^(a|b)\\1$, aa, true",
                "^(a|b)\\1$, ab, false",
                "^(?:(a)|b)\\1$, b, true",
                "^(?:(a)|(b)\\1)+$, ab, true",
                "^(?<x>a|b)\\k<x>$, bb, true",
                "^\\k<x>(?<x>a)$, a, true",
                "^(?<x>a|b)\\k<x>$, ba, false",
                "^(a*)*\\1$, aaaa, true",
                "\\bcat\\b, a cat., true",
                "\\bcat\\b, concat, false",
                "\\Bcat, concat, true",
                "^[a-c\\d_-]+$, b-2_, true",
                "^[\\w-.]+$, a-b.c, true",
                "^[^a-c]$, d, true",
                "^[^a-c]$, b, false",
                "[], a, false",
                "^[^]$, a, true",
                "^[\\b]$, b, false",
                "^[a-z&&[^b]+$, `a&[`, true",
                "^\\x41\\u0042\\u{43}\\cJ?$, ABC, true",
                "^\\u{1F600}$, 😀, true",
                "^\\uD83D\\uDE00$, 😀, true",
                "^.$, 😀, true",
                "^[😀-😂]{2}$, 😀😁, true",
                "^\\p{Lu}\\p{Letter}+$, Éa, true",
                "^\\p{L}$, 1, false",
                "^\\P{L}$, 1, true",
                "^[^\\p{L}]$, 1, true",
                "^\\p{Script=Greek}+$, αβγ, true",
                "^\\p{sc=Grek}+$, abc, false",
                "^\\p{General_Category=Decimal_Number}+$, ৪২, true",
                "^\\p{Emoji}$, 😀, true",
                "^a\\-b\\@c$, a-b@c, true",
                "^{a}]$, {a}], true",
                "^a{$, a{, true",
                "^a{x}$, a{x}, true"
            })
    void a_pattern_matches_as_ecma_262_specifies(String pattern, String text, boolean expected) {
        assertThat(matches(pattern, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "^\\k<x>[(](?<x>a)$, (a, true",
        "^\\k<x>\\\\(?<x>a)$, \\a, true",
        "^\\k<x>\\((?<x>a)$, (a, true",
        "^\\k<x>[(?<x>](?<x>a)$, xa, true",
        "^\\k<x>[(]([(])(?<x>a)\\k<x>$, ((aa, true",
        "^\\k<x>[(]([(])(?<x>a)\\k<x>$, ((a(, false",
        "^(?:\\k<x>[(]|(?<x>a)b)+$, ab(, true",
        "(?<=\\k<x>[(](?<x>a))b, a(ab, true",
        "(?<=\\k<x>[(](?<x>a))b, b(ab, false"
    })
    void a_named_reference_may_come_before_or_after_its_group(
            String pattern, String text, boolean expected) {
        assertThat(matches(pattern, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`^(?:(a)|b?){0,2}\\1$`, a, false",
                "`^(?:(a)|b?){0,2}\\1$`, aa, true",
                "`^(?:(a)|b?){1,2}\\1$`, a, false",
                "`^(?:(a)|b?){2}\\1$`, a, true",
                "`^(?:(a)|b?){2,3}\\1$`, a, true",
                "`^(?:(a)|b?){0,2}?\\1$`, a, false",
                "`^(a)(?:(b)|){0,1}\\1\\2$`, aa, true",
                "^(?:(a)|b?)*\\1$, a, false",
                "^((?=(a))|b)?\\2a$, a, true",
                "`(?<=^\\1(?:b?|(a)){0,2})$`, a, false"
            })
    void an_optional_iteration_that_reads_nothing_does_not_count(
            String pattern, String text, boolean expected) {
        assertThat(matches(pattern, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "^(?<\\u0061>.)\\k<a>$, xx, true",
        "^(?<a\\u{62}>.)\\k<\\u0061b>$, xy, false",
        "^(?<\\ud835\\udc9c>.)\\k<\\u{1d49c}>$, xx, true"
    })
    void the_name_of_a_group_may_contain_escapes(String pattern, String text, boolean expected) {
        assertThat(matches(pattern, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\u0085", "\u2028", "\u2029", "\r\n"})
    void the_end_of_the_text_is_not_before_a_line_terminator(String lineEnd) {
        assertThat(matches("^abc$", "abc" + lineEnd)).isFalse();
        assertThat(matches("^abc$", lineEnd + "abc")).isFalse();
    }

    @Test
    void a_dot_matches_every_character_except_the_four_line_terminators() {
        assertThat("\n\r\u2028\u2029".chars())
                .noneMatch(c -> matches("^.$", Character.toString(c)));
        assertThat("\u0085\u000b\f\u0000".chars())
                .allMatch(c -> matches("^.$", Character.toString(c)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                ")",
                "a)",
                "(?a)",
                "(?i)a",
                "(?>a)",
                "[a",
                "[z-a]",
                "*",
                "a**",
                "a++",
                "a?+",
                "+",
                "{1}",
                "a{2}{3}",
                "a{2,1}",
                "^*",
                "(?=a)*",
                "\\",
                "\\a",
                "\\z",
                "\\Z",
                "\\A",
                "\\h",
                "\\Qa\\E",
                "\\1",
                "(a)\\2",
                "\\k<a>",
                "(?<a>x)\\k<b>",
                "(?<a>x)(?<a>y)",
                "(?<1>x)",
                "(?<\\u0031>x)",
                "(?<\\x61>x)",
                "(?<a\\u{}>x)",
                "\\k<x>[(?<x>a)]",
                "\\u12",
                "\\u{110000}",
                "\\x1",
                "\\c1",
                "\\01",
                "\\p",
                "\\p{",
                "\\p{Nope}",
                "\\p{greek}",
                "\\pL",
                "\\p{L",
                "[\\p{Nope}]",
                "[\\B]",
                "a{100001}",
                "(?:(?:(?:a{2}b){100}){100}){100}",
                "(?:(?:(?:){99999}){99999}){99999}"
            })
    void an_invalid_pattern_is_rejected(String pattern) {
        assertThatExceptionOfType(PatternSyntaxException.class)
                .isThrownBy(() -> EcmaPattern.of(pattern));
    }

    /** Patterns that make backtracking engines run for years, each with a text that causes it. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "^(a+)+$, a",
                "^(x+x+)+y$, x",
                "^(\\w+\\s?)*$, a",
                "^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+$, a",
                "^(([a-z])+.)+[A-Z]([a-z])+$, a",
                "^(a|a)*$, a",
                "`^(.*?,){11}P`, `1,`",
                "^(?:a?){25}a{25}b, a",
                "^\\s*(.*?)\\s*$x, ` `",
                "\\s+$, ` `",
                "`^(([^,]+),?)+;$`, a",
                "^(\\d+(\\.\\d+)?)+x$, 1",
                "(.*a){12}, a",
                "(a*)*b, a"
            })
    void a_pattern_that_could_backtrack_forever_is_decided_on_64_kib(String pattern, String part) {
        String text = part.repeat(65_536 / part.length()) + "!";
        boolean expected = pattern.equals("(.*a){12}");
        assertThat(EcmaPattern.of(pattern).isFoundIn(text, new ValidationBudget(60_000_000)))
                .isEqualTo(expected);
    }

    @Test
    void a_long_text_does_not_exhaust_the_stack() {
        assertThat(matches("^(?:[a-z]|-)*$", "a-".repeat(32_768))).isTrue();
        assertThat(matches("^(?:[a-z]|-)*$", "a-".repeat(32_768) + "!")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"^(a+)+\\1$, a", "^(a|a)*\\1b, a", "(?=(a+)+b)\\1c, a"})
    void a_back_reference_that_takes_too_long_gives_up(String pattern, String part) {
        var compiled = EcmaPattern.of(pattern);
        assertThatExceptionOfType(TooExpensiveException.class)
                .isThrownBy(
                        () ->
                                compiled.isFoundIn(
                                        part.repeat(30_000) + "!", new ValidationBudget(BUDGET)));
    }
}
