package dev.statuswire.tests;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * The published modules: those of the documentation, complete, and usable without the project's own
 * POM.
 */
final class ArtifactsTest {

    /** A row of the table of artifacts: the artifact id and the version of Java. */
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(statuswire-\\w+)` \\| (\\d+) \\|");

    private static final Pattern MODULE = Pattern.compile("<module>(.*)</module>");

    /** The POM of a module. */
    private record Pom(String module, Element root) {

        static Pom read(String module, String file) {
            try {
                Path path = ProjectFiles.ROOT.resolve(module).resolve(file);
                var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
                return new Pom(module, builder.parse(path.toFile()).getDocumentElement());
            } catch (IOException | SAXException | ParserConfigurationException failed) {
                throw new AssertionError("could not read the POM of " + module, failed);
            }
        }

        String artifact() {
            return text("artifactId").orElseThrow();
        }

        boolean isPublished() {
            return text("properties/statuswire.unpublished").equals(Optional.of("false"));
        }

        String java() {
            return text("properties/maven.compiler.release").orElse("25");
        }

        /** Returns the text of the only element at a path of child elements. */
        Optional<String> text(String path) {
            return textOf(root, path);
        }

        Stream<Element> dependencies() {
            return children(root, "dependencies").flatMap(it -> children(it, "dependency"));
        }

        static Optional<String> textOf(Element from, String path) {
            Stream<Element> elements = Stream.of(from);
            for (String name : path.split("/", -1)) {
                elements = elements.flatMap(it -> children(it, name));
            }
            return elements.findFirst().map(Element::getTextContent);
        }

        private static Stream<Element> children(Element parent, String name) {
            var nodes = parent.getChildNodes();
            Stream<Node> children = IntStream.range(0, nodes.getLength()).mapToObj(nodes::item);
            return children.filter(it -> it.getNodeName().equals(name)).map(Element.class::cast);
        }
    }

    private static final List<Pom> MODULES =
            MODULE.matcher(ProjectFiles.read(ProjectFiles.ROOT.resolve("pom.xml")))
                    .results()
                    .map(module -> Pom.read(module.group(1), "pom.xml"))
                    .toList();

    private static List<Pom> published() {
        return MODULES.stream().filter(Pom::isPublished).toList();
    }

    @TempDir private Path folder;

    @Test
    void only_the_property_revision_defines_the_version() {
        assertThat(MODULES).hasSizeGreaterThan(15);
        assertThat(MODULES)
                .allMatch(it -> it.text("parent/version").orElseThrow().equals("${revision}"));
        assertThat(MODULES).allMatch(it -> it.text("version").isEmpty());
        assertThat(Pom.read("", "pom.xml").text("version")).contains("${revision}");
    }

    @Test
    void documentation_lists_the_published_modules_and_their_version_of_java() {
        String table =
                ProjectFiles.read(ProjectFiles.ROOT.resolve("docs/reference/compatibility.md"));
        Map<String, String> listed =
                ROW.matcher(table)
                        .results()
                        .collect(toMap(row -> row.group(1), (MatchResult row) -> row.group(2)));

        assertThat(listed).isEqualTo(published().stream().collect(toMap(Pom::artifact, Pom::java)));
    }

    @Test
    void published_pom_is_complete_without_a_parent() {
        for (Pom module : published()) {
            Pom pom = Pom.read(module.module(), "target/published-pom.xml");
            assertThat(pom.text("parent")).isEmpty();
            for (String element :
                    List.of(
                            "groupId",
                            "version",
                            "name",
                            "description",
                            "url",
                            "licenses/license/url",
                            "developers/developer/name",
                            "scm/url",
                            "scm/connection")) {
                assertThat(pom.text(element)).as(module + " " + element).isPresent();
            }
            assertThat(pom.text("version")).contains(MavenRepository.version());
            assertThat(pom.root().getTextContent()).doesNotContain("${");
            assertThat(pom.dependencies()).allMatch(it -> Pom.textOf(it, "version").isPresent());
        }
    }

    @Test
    void published_modules_need_only_published_modules() {
        Set<String> artifacts = published().stream().map(Pom::artifact).collect(toSet());
        for (Pom module : published()) {
            assertThat(
                            Pom.read(module.module(), "target/published-pom.xml")
                                    .dependencies()
                                    .filter(it -> Pom.textOf(it, "optional").isEmpty())
                                    .filter(it -> is(it, "groupId", "dev.statuswire"))
                                    .map(it -> Pom.textOf(it, "artifactId").orElseThrow()))
                    .as(module.artifact())
                    .isSubsetOf(artifacts);
        }
    }

    private static boolean is(Element dependency, String element, String value) {
        return Pom.textOf(dependency, element).equals(Optional.of(value));
    }

    @Test
    @EnabledIfSystemProperty(
            named = "statuswire.long",
            matches = "true",
            disabledReason = "runs only in ./test --long")
    void deployment_to_a_folder_has_the_published_modules_with_sources_and_javadoc()
            throws Exception {
        Path copy = ProjectFiles.copyOfTheProject(folder.resolve("statuswire"));
        Path to = folder.resolve("deployed");
        var repository = MavenRepository.create(folder.resolve("repository"));

        Command deployed =
                Command.run(
                        copy,
                        repository.environment(),
                        List.of(
                                "bash",
                                "-euc",
                                ". .mvn/jdk25.sh; use_jdk25; use_maven; \"$MVN\" \"$@\"",
                                "maven",
                                "-B",
                                "-ntp",
                                "deploy",
                                "-pl",
                                String.join(",", published().stream().map(Pom::module).toList()),
                                "-am",
                                "-Dmaven.test.skip",
                                "-Dexec.skip",
                                "-DaltDeploymentRepository=folder::" + to.toUri()));

        assertThat(deployed.exitCode()).as(deployed.output()).isZero();
        Path group = to.resolve("dev/statuswire");
        try (Stream<Path> artifacts = Files.list(group)) {
            assertThat(artifacts.map(it -> it.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            published().stream().map(Pom::artifact).toList());
        }
        for (Pom module : published()) {
            List<Path> files = ProjectFiles.walk(group.resolve(module.artifact()), 2);
            for (String end : List.of(".pom", "-sources.jar", "-javadoc.jar", "\\d.jar")) {
                assertThat(files)
                        .as(module.artifact())
                        .anyMatch(it -> it.toString().matches(".*" + end));
            }
        }
    }
}
