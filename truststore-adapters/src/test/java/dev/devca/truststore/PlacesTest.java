package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacesTest {
  @ParameterizedTest
  @CsvSource({
    "LINUX, /usr/lib/jvm/*, /usr/lib/jvm/17 /usr/lib/jvm/21",
    "LINUX, /usr/lib/jvm/1*, /usr/lib/jvm/17",
    "LINUX, /usr/lib/jvm/17, /usr/lib/jvm/17",
    "LINUX, /usr/lib/jvm/java,",
    "LINUX, /usr/lib/none/*,",
    "LINUX, ~/.jdks/*, /home/Zoë_Müller/.jdks/a /home/Zoë_Müller/.jdks/b",
    "LINUX, ~/.jdks, /home/Zoë_Müller/.jdks",
    "LINUX, $XDG_DATA_HOME/jdks, /da[t]a/jdks",
    "LINUX, $XDG_CONFIG_HOME/jdks,",
    "LINUX, $RELATIVE/jdks,",
    "MAC, /jvms/*/Contents/Home, /jvms/b.jdk/Contents/Home",
    "WINDOWS, C:/Java/jdk*, C:\\Java\\jdk17",
  })
  void folders_place_areInOrder(OperatingSystem os, String place, String expected) {
    FakeHost host = new FakeHost(os);
    host.environment.put("HOME", "/home/Zoë_Müller");
    host.environment.put("XDG_DATA_HOME", "/da[t]a");
    host.environment.put("RELATIVE", "data");
    String[] folders =
        switch (os) {
          case LINUX ->
              new String[] {
                "/usr/lib/jvm/21",
                "/usr/lib/jvm/17",
                "/home/Zoë_Müller/.jdks/b",
                "/home/Zoë_Müller/.jdks/a",
                "/da[t]a/jdks",
                "data/jdks"
              };
          case MAC -> new String[] {"/jvms/b.jdk/Contents/Home", "/jvms/a.jdk/Contents"};
          case WINDOWS -> new String[] {"C:\\Java\\jdk17", "C:\\Java\\other"};
        };
    for (String folder : folders) {
      host.directory(folder);
    }

    assertThat(Places.folders(host.host(), place))
        .extracting(Path::toString)
        .containsExactlyElementsOf(expected == null ? List.of() : List.of(expected.split(" ", -1)));
  }
}
