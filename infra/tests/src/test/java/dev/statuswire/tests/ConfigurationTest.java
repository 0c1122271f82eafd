package dev.statuswire.tests;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the table of docs/reference/configuration.md with the code and the scripts. */
final class ConfigurationTest {

    private static final List<String> SCRIPTS =
            List.of("run", "deploy", "test", "bench", "new-type");

    private static final Pattern MODULE = Pattern.compile("<module>(.*)</module>");

    /** Not a prefix, such as that of {@code STATUSWIRE_OIDC_*}. */
    private static final Pattern VARIABLE = Pattern.compile("STATUSWIRE(?:_[A-Z]+)+(?![A-Z_*])");

    /** In the usage of a script, and as picocli's annotations name it. */
    private static final Pattern OPTION =
            Pattern.compile("(?m)^ {2}--(?!help)[a-z][a-z-]*|names = \"--[a-z-]+\"");

    /** A row whose first cell has an option and whose second cell has variables. */
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (?:`(--[a-z-]+)[^|]*)?\\| ?([^|]*) ?\\|");

    private static final String TABLE =
            ProjectFiles.read(ProjectFiles.ROOT.resolve("docs/reference/configuration.md"));

    @Test
    void table_has_every_variable_of_the_code_and_no_other() {
        SortedSet<String> documented = new TreeSet<>();
        ROW.matcher(TABLE)
                .results()
                .forEach(row -> documented.addAll(found(VARIABLE, row.group(2))));

        assertThat(documented).hasSizeGreaterThan(40);
        assertThat(documented).isEqualTo(found(VARIABLE, sources()));
    }

    @Test
    void table_has_every_option_of_the_commands_and_no_other() {
        SortedSet<String> documented =
                ROW.matcher(TABLE)
                        .results()
                        .flatMap(row -> Stream.ofNullable(row.group(1)))
                        .collect(toCollection(TreeSet::new));

        assertThat(documented).hasSizeGreaterThan(40);
        assertThat(documented).isEqualTo(found(OPTION, sources()));
    }

    private static SortedSet<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(it -> it.group().replaceAll(".*?(--[a-z-]+|STATUSWIRE\\w+).*", "$1"))
                .collect(toCollection(TreeSet::new));
    }

    /** The scripts, and the main sources of every module. */
    private static String sources() {
        var folders = new ArrayList<>(List.of("web/scripts", ".mvn"));
        MODULE.matcher(ProjectFiles.read(ProjectFiles.ROOT.resolve("pom.xml")))
                .results()
                .forEach(module -> folders.add(module.group(1) + "/src/main"));
        var text = new StringBuilder();
        SCRIPTS.forEach(
                script ->
                        text.append(ProjectFiles.read(ProjectFiles.ROOT.resolve(script)))
                                .append('\n'));
        for (String folder : folders) {
            Path sources = ProjectFiles.ROOT.resolve(folder);
            if (Files.exists(sources)) {
                ProjectFiles.walk(sources, Integer.MAX_VALUE).stream()
                        .filter(it -> it.toString().matches(".*\\.(java|xml|ts|sh)"))
                        .forEach(file -> text.append(ProjectFiles.read(file)));
            }
        }
        return text.toString();
    }
}
