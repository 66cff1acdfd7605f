package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CaException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is read and written in each kind of start file; sh's own is in {@code ProfileBlockTest}. */
class DialectTest {
  private static final Path HOME = Path.of("/home/me");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "FISH | set -gx VARIABLE /corp.pem                 | /corp.pem",
        "FISH | set -g -x VARIABLE '/my corp.pem' # why    | /my corp.pem",
        "FISH | set --export VARIABLE \"$HOME/corp.pem\"; a | /home/me/corp.pem",
        "FISH |   set -Ux VARIABLE ~/corp.pem              | /home/me/corp.pem",
        "FISH | set -gx VARIABLE $CORP/ca.pem              | unclear",
        "FISH | set -gx VARIABLE (find-ca)                 | unclear",
        "FISH | set -e VARIABLE                            | unclear",
        "FISH | test -r /a; and set -gx VARIABLE /a        | unclear",
        "FISH | SETUVAR --export VARIABLE:/c\\x20\\u00f6\\x2epem | /c \u00f6.pem",
        "FISH | SETUVAR VARIABLE:/corp.pem                 | no",
        "FISH | set -q VARIABLE                            | no",
        "FISH | set -qx VARIABLE; or echo                  | no",
        "FISH | # set -gx VARIABLE /corp.pem               | no",
        "FISH | set -gx MY_VARIABLE /corp.pem              | no",
        "FISH | set -gx VARIABLE_2 /corp.pem               | no",
        "FISH | echo $VARIABLE                             | no",
        "ENVIRONMENT | VARIABLE=/corp.pem                  | /corp.pem",
        "ENVIRONMENT |  VARIABLE=\"/my corp.pem\"          | /my corp.pem",
        "ENVIRONMENT | VARIABLE='/my corp.pem'             | /my corp.pem",
        "ENVIRONMENT | VARIABLE=${HOME}/corp.pem           | /home/me/corp.pem",
        "ENVIRONMENT | VARIABLE=${CORP}/corp.pem           | unclear",
        "ENVIRONMENT | VARIABLE=\"/c\\\\d.pem\"            | unclear",
        "ENVIRONMENT | VARIABLE='                          | /home/me/'",
        "ENVIRONMENT | VARIABLE=                           | unclear",
        "ENVIRONMENT | # VARIABLE=/corp.pem                | no",
        "ENVIRONMENT | MY_VARIABLE=/corp.pem               | no"
      })
  void assignedPath_line_isReadAsThatProgramReadsIt(Dialect dialect, String line, String expected) {
    String decoded = ShellLines.ofText(line);

    assertThat(dialect.assigns(decoded, "VARIABLE")).isEqualTo(!expected.equals("no"));
    assertThat(dialect.assignedPath(decoded, "VARIABLE", HOME))
        .isEqualTo(
            expected.equals("no") || expected.equals("unclear")
                ? Optional.empty()
                : Optional.of(Path.of(expected)));
  }

  @ParameterizedTest
  @EnumSource
  void setting_oddPath_isReadBack(Dialect dialect) throws CaException {
    Path file = Path.of("/home/Zo\u00eb's \\ $HOME \"`x`\"/ca.pem");
    ProfileBlock block = new ProfileBlock(dialect, HOME, List.of("A", "B"), Optional.of(file));
    byte[] before = "# first\n".getBytes(StandardCharsets.UTF_8);

    byte[] after = block.insert(before);

    assertThat(block.isEffective(after)).isTrue();
    assertThat(block.insert(after)).isEqualTo(after);
    assertThat(block.remove(after)).isEqualTo(before);
    assertThat(block.byHand()).contains("A").contains("B");
    ProfileBlock none = new ProfileBlock(dialect, HOME, List.of("A", "B"), Optional.empty());
    assertThat(none.isEffective(after)).isFalse();
    assertThat(none.insert(after)).isEqualTo(before);
    assertThat(none.isEffective(before)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "POSIX, .profile",
    "POSIX, .zshrc",
    "FISH, .config/fish/config.fish",
    "FISH, .config/fish/fish_variables",
    "ENVIRONMENT, .config/environment.d/60-devca.conf"
  })
  void of_startFile_goesByItsName(Dialect dialect, String name) {
    assertThat(Dialect.of(HOME.resolve(name))).isEqualTo(dialect);
  }
}
