package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilesIniTest {
  private final FakeHost machine = new FakeHost(OperatingSystem.LINUX);

  /** A bar stands for a line's end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      textBlock =
          """
          [Profile0]|Name=a|IsRelative=1|Path=a.default              > /ff/a.default
          [Profile0]|IsRelative=1|Path=Profiles/mein Profil é        > /ff/Profiles/mein Profil é
          [Profile0]|IsRelative=0|Path=/data/own profile             > /data/own profile
          [Profile0]|Path=/data/own                                  > /data/own
          [Profile0]|Path=/a|IsRelative=0|[Profile12]|Path=/b        > /a;/b
          [Profile0]|Path=/a|[Profile1]|Path=/a                      > /a
          [Profile0]|IsRelative=1|Path=../other/x                    > /other/x
          [Profile0]|IsRelative=1|Path=a=b                           > /ff/a=b
          [Install4F96]|Default=a.default|Locked=1||[General]|Path=/a>
          [Profile0]|Path=/a|[BackgroundTasksProfiles]|Path=/b       > /a
          [ProfileX]|Path=/a                                         >
          [Profile]|Path=/a                                          >
          Path=/a                                                    >
          [Profile0]|Path=                                           >
          [Profile0]|Name=a                                          >
          [Profile0]|IsRelative=1|Path=/a                            >
          [Profile0]|IsRelative=0|Path=a                             >
          [Profile0]|Path=a                                          >
          [Profile0]|IsRelative=yes|Path=a                           >
          # no section||;[Profile0]|  [Profile1]  |  Path = /a       > /a
          [Profile0]|#Path=/a                                        >
          [Profile0]|Path                                            >
          [Profile0                                                  >
          ''                                                         >
          """)
  void profiles_list_areTheFoldersThatFirefoxTakes(String text, String expected) {
    List<String> folders = expected == null ? List.of() : List.of(expected.split(";", -1));
    for (String lineEnd : List.of("\n", "\r\n", "\r")) {
      assertThat(profiles(text.replace("|", lineEnd))).isEqualTo(folders);
      assertThat(profiles("\uFEFF" + text.replace("|", lineEnd) + lineEnd)).isEqualTo(folders);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "a\0b"})
  void profiles_senselessPath_isNoProfile(String path) {
    assertThat(profiles("[Profile0]\nIsRelative=1\nPath=" + path + "\n")).isEmpty();
  }

  private List<String> profiles(String text) {
    return ProfilesIni.profiles(machine.files.getPath("/ff"), text).stream()
        .map(Path::toString)
        .toList();
  }
}
