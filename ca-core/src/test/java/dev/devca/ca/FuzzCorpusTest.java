package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What {@code .ci/fuzz} starts from, and what it once found: each input once, without a fuzzer. */
class FuzzCorpusTest {
  private static final String SUFFIX = "Fuzz.java";

  @TestFactory
  Stream<DynamicTest> fuzzerTestOneInput_corpus_endsAsDeclared() throws Exception {
    String folder = getClass().getPackageName().replace('.', '/');
    List<DynamicTest> tests = new ArrayList<>();
    for (Path source : list(Path.of("src/test/java", folder))) {
      String file = source.getFileName().toString();
      if (file.endsWith(SUFFIX)) {
        String name = file.substring(0, file.length() - ".java".length());
        Method target =
            Class.forName(getClass().getPackageName() + "." + name)
                .getMethod("fuzzerTestOneInput", byte[].class);
        List<Path> inputs = list(Path.of("src/test/resources", folder, name + "Inputs"));
        assertThat(inputs).as(name).isNotEmpty();
        for (Path input : inputs) {
          tests.add(
              DynamicTest.dynamicTest(
                  name + " " + input.getFileName(),
                  () -> target.invoke(null, (Object) Files.readAllBytes(input))));
        }
      }
    }
    return tests.stream();
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
