package dev.backstop.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Each library has a line in docs/dependencies.md: why, who imports it, how we would leave. */
class DependenciesTest {

  @Test
  void everyLibraryHasItsLineAndEveryLineItsLibrary() throws Exception {
    Set<String> used = new TreeSet<>();
    for (Path pom : Repository.files(file -> file.endsWith("pom.xml"))) {
      used.addAll(direct(pom));
    }
    assertThat(used).isNotEmpty();
    assertThat(listed())
        .as("rows | `artifact` | why | who imports it | how to leave | of docs/dependencies.md")
        .containsExactlyElementsOf(used);
  }

  /** What stands in dependencies, not in dependencyManagement. */
  private static Set<String> direct(Path pom) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    NodeList found =
        factory.newDocumentBuilder().parse(pom.toFile()).getElementsByTagName("dependency");
    Set<String> direct = new TreeSet<>();
    for (int i = 0; i < found.getLength(); i++) {
      Element dependency = (Element) found.item(i);
      Node around = dependency.getParentNode().getParentNode();
      if (around.getNodeName().equals("project")
          && !text(dependency, "groupId").equals("dev.backstop")) {
        direct.add(text(dependency, "artifactId"));
      }
    }
    return direct;
  }

  private static String text(Element element, String child) {
    return element.getElementsByTagName(child).item(0).getTextContent().strip();
  }

  private static Set<String> listed() {
    return Repository.read(Path.of("docs/dependencies.md"))
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("\\|"))
        .filter(
            cells -> cells.length == 5 && Arrays.stream(cells).skip(1).noneMatch(String::isBlank))
        .map(cells -> cells[1].strip().replace("`", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
