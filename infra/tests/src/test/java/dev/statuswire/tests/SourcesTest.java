package dev.statuswire.tests;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules for the sources of every module, including modules that are on no test's class path. */
final class SourcesTest {

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^import (?:static )?(dev\\.statuswire(?:\\.[a-z]\\w*)+)\\.[A-Z]");

    @Test
    void packages_have_no_cycles() {
        var uses = new HashMap<String, Set<String>>();
        sources(ProjectFiles.modules(), "src/main/java").forEach(source -> addUses(source, uses));
        sources(Stream.of(Path.of("")), "src/test/java").forEach(source -> addUses(source, uses));

        assertThat(uses).hasSizeGreaterThan(50);
        assertThat(inCycles(uses)).isEmpty();
    }

    @Test
    void no_product_class_mentions_the_emulator() {
        Predicate<Path> isProduct =
                module -> !module.startsWith(ProjectFiles.ROOT.resolve("infra"));
        var product = sources(ProjectFiles.modules().filter(isProduct), "src/main/java").toList();

        assertThat(product).hasSizeGreaterThan(200);
        assertThat(product)
                .noneMatch(source -> Pattern.compile("(?i)emulator").matcher(source).find());
    }

    private static Stream<String> sources(Stream<Path> modules, String folder) {
        return ProjectFiles.sources(modules, folder).map(ProjectFiles::read);
    }

    private static void addUses(String source, Map<String, Set<String>> uses) {
        String name =
                PACKAGE.matcher(source).results().map(it -> it.group(1)).findFirst().orElseThrow();
        Set<String> used = IMPORT.matcher(source).results().map(it -> it.group(1)).collect(toSet());
        used.remove(name);
        uses.computeIfAbsent(name, _ -> new HashSet<>()).addAll(used);
    }

    /** Returns the packages that are in a cycle, or use one that is. */
    private static Set<String> inCycles(Map<String, Set<String>> uses) {
        var left = new TreeMap<>(uses);
        boolean isFewer = true;
        while (isFewer) {
            Set<String> before = Set.copyOf(left.keySet());
            left.values().removeIf(used -> used.stream().noneMatch(before::contains));
            isFewer = left.size() < before.size();
        }
        return left.keySet();
    }
}
