package dev.statuswire.tests;

import static java.util.Comparator.reverseOrder;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks the links and the names of tests in the Markdown documents, and the order of the
 * decisions.
 */
final class DocumentsTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test)`");

    /** A relative link: its path, and its anchor. */
    private static final Pattern LINK =
            Pattern.compile("]\\((?![a-z]+:)([^)#\\s]*)#?([^)\\s]*)\\)");

    @Test
    void every_relative_link_has_a_file_and_every_anchor_has_a_heading() {
        for (Path document : documents()) {
            String text = textOf(document).replaceAll("`[^`\n]*`", "");

            assertThat(LINK.matcher(text).results())
                    .as(document.toString())
                    .allMatch(link -> exists(document, link), "exists");
        }
    }

    @Test
    void every_test_that_a_document_names_exists() {
        Set<String> tests =
                ProjectFiles.sources(ProjectFiles.modules(), "src/test/java")
                        .map(it -> it.getFileName().toString())
                        .collect(toSet());
        for (Path document : documents()) {
            assertThat(TEST.matcher(textOf(document)).results().map(it -> it.group(1)))
                    .as(document.toString())
                    .allMatch(name -> tests.contains(name + ".java"), "exists");
        }
    }

    private static List<Path> documents() {
        return Stream.of(
                        ProjectFiles.walk(ProjectFiles.ROOT, 1),
                        ProjectFiles.walk(ProjectFiles.ROOT.resolve("docs"), Integer.MAX_VALUE),
                        Stream.of("web", "web/src/client", "infra/emulator")
                                .map(
                                        module ->
                                                ProjectFiles.ROOT
                                                        .resolve(module)
                                                        .resolve("README.md"))
                                .toList())
                .flatMap(List::stream)
                .filter(path -> path.toString().endsWith(".md"))
                .toList();
    }

    private static boolean exists(Path document, MatchResult link) {
        Path target = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
        return Files.exists(target)
                && (link.group(2).isEmpty() || anchorsOf(target).contains(link.group(2)));
    }

    /** The anchors that GitHub gives to the headings of a document. */
    private static Set<String> anchorsOf(Path document) {
        return headingsOf(document).stream()
                .map(it -> it.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", ""))
                .map(it -> it.replace(' ', '-'))
                .collect(toSet());
    }

    private static List<String> headingsOf(Path document) {
        return HEADING.matcher(textOf(document)).results().map(it -> it.group(1)).toList();
    }

    /** The text without its code blocks. */
    private static String textOf(Path document) {
        return BLOCK.matcher(ProjectFiles.read(document)).replaceAll("");
    }

    @Test
    void every_decision_has_a_date_and_the_newest_comes_first() {
        List<String> headings = headingsOf(ProjectFiles.ROOT.resolve("docs/decisions.md"));
        List<String> decisions = headings.subList(1, headings.size());

        assertThat(decisions).allMatch(it -> it.matches("\\d{4}-\\d\\d-\\d\\d .+"));
        assertThat(decisions.stream().map(it -> it.split(" ", 2)[0]))
                .isSortedAccordingTo(reverseOrder());
    }
}
