package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaLocationTest {
  private static final String NOWHERE = "";

  static Stream<Arguments> unix() {
    return Stream.of(
        arguments("Linux", "HOME=/home/zoe", "/home/zoe/.local/share/devca"),
        arguments("FreeBSD", "HOME=/home/zoe", "/home/zoe/.local/share/devca"),
        arguments("Linux", "HOME=/home/Zoë Müller", "/home/Zoë Müller/.local/share/devca"),
        arguments("Linux", "HOME=/home/zoe XDG_DATA_HOME=/data", "/data/devca"),
        arguments("Linux", "XDG_DATA_HOME=/data", "/data/devca"),
        // The XDG base directory specification: relative paths are invalid and to be ignored.
        arguments("Linux", "HOME=/home/zoe XDG_DATA_HOME=data", "/home/zoe/.local/share/devca"),
        arguments("Linux", "HOME=/home/zoe XDG_DATA_HOME=", "/home/zoe/.local/share/devca"),
        arguments("Linux", "HOME=/home/zoe XDG_DATA_HOME=/d DEVCA_HOME=/ca", "/ca"),
        arguments("Linux", "HOME=/home/zoe DEVCA_HOME=", "/home/zoe/.local/share/devca"),
        arguments("Linux", "DEVCA_HOME=ca", "/work/ca"),
        arguments("Linux", "DEVCA_HOME=/ca", "/ca"),
        arguments("Linux", "HOME=home", NOWHERE),
        arguments("Linux", "HOME=", NOWHERE),
        arguments("Linux", "USER=zoe", NOWHERE),
        arguments("Linux", "LOCALAPPDATA=/x USERPROFILE=/y", NOWHERE),
        arguments("Mac OS X", "HOME=/Users/zoe", "/Users/zoe/Library/Application Support/devca"),
        arguments(
            "Mac OS X",
            "HOME=/Users/zoe XDG_DATA_HOME=/data",
            "/Users/zoe/Library/Application Support/devca"),
        arguments("Mac OS X", "HOME=/Users/zoe DEVCA_HOME=/ca", "/ca"),
        arguments("Mac OS X", "USER=zoe", NOWHERE));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("unix")
  void of_unix_isInTheDataFolderOfTheUser(String os, String variables, String folder) {
    assertLocation(os, variables, Jimfs.newFileSystem(Configuration.unix()), folder);
  }

  static Stream<Arguments> windows() {
    String data = "C:\\Users\\zoe\\AppData\\Local";
    return Stream.of(
        arguments("LOCALAPPDATA=" + data, data + "\\devca"),
        arguments("LOCALAPPDATA=D:\\data USERPROFILE=C:\\Users\\zoe", "D:\\data\\devca"),
        arguments("USERPROFILE=C:\\Users\\zoe", data + "\\devca"),
        arguments("LOCALAPPDATA= USERPROFILE=C:\\Users\\zoe", data + "\\devca"),
        arguments("LOCALAPPDATA=data USERPROFILE=C:\\Users\\zoe", data + "\\devca"),
        arguments("LOCALAPPDATA=" + data + " DEVCA_HOME=D:\\ca", "D:\\ca"),
        arguments("DEVCA_HOME=ca", "C:\\work\\ca"),
        arguments("LOCALAPPDATA=data", NOWHERE),
        arguments("HOME=C:\\Users\\zoe", NOWHERE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("windows")
  void of_windows_isInTheLocalDataFolder(String variables, String folder) {
    for (String os : new String[] {"Windows 11", "Windows Server 2022"}) {
      assertLocation(os, variables, Jimfs.newFileSystem(Configuration.windows()), folder);
    }
  }

  private static void assertLocation(String os, String variables, FileSystem files, String folder) {
    Map<String, String> environment = new HashMap<>();
    for (String variable : variables.split(" (?=[A-Z_]+=)", -1)) {
      String[] parts = variable.split("=", 2);
      environment.put(parts[0], parts[1]);
    }

    assertThat(CaLocation.of(os, environment, files).map(Object::toString).orElse(NOWHERE))
        .isEqualTo(folder);
  }

  @Test
  void of_notAPath_isRefused() {
    assertThatThrownBy(
            () ->
                CaLocation.of(
                    "Windows 11",
                    Map.of("DEVCA_HOME", "C:\\a<b"),
                    Jimfs.newFileSystem(Configuration.windows())))
        .isInstanceOf(InvalidPathException.class);
  }

  @Test
  void current_thisProcess_goesByItsEnvironment() {
    assertThat(CaLocation.current())
        .isEqualTo(
            CaLocation.of(
                System.getProperty("os.name"), System.getenv(), FileSystems.getDefault()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"work", "a", "2026-team_x", "abcdefghijklmnopqrstuvwxyz012345"})
  void named_goodName_isBelowTheFirst(String name) {
    Path first = Path.of("/data/devca");

    assertThat(CaLocation.named(first, name)).isEqualTo(Path.of("/data/devca/ca", name));
    assertThat(CaLocation.first(CaLocation.named(first, name))).contains(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "a/b",
        "-a",
        "_a",
        "A",
        "ä",
        "a b",
        "a.b",
        "a\n",
        "abcdefghijklmnopqrstuvwxyz0123456"
      })
  void named_badName_isRefused(String name) {
    assertThatThrownBy(() -> CaLocation.named(Path.of("/data/devca"), name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the name of a CA has 1 to 32 lower case letters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/data/devca", "/data/devca/ca", "/data/work", "/ca", "work"})
  void first_folderOfNoNamedCa_isEmpty(String folder) {
    assertThat(CaLocation.first(Path.of(folder))).isEmpty();
  }
}
