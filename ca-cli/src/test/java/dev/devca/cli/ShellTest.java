package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      textBlock =
          """
          bash       | /home/me/x.pem      | export V=/home/me/x.pem
          bash       | /home/Zoë's Mac/x   | export V='/home/Zoë'\\''s Mac/x'
          zsh        | /home/Zoë's Mac/x   | export V='/home/Zoë'\\''s Mac/x'
          fish       | /home/Zoë's \\Mac/x  | set -gx V '/home/Zoë\\'s \\\\Mac/x'
          dotenv     | /home/Zoë Mac/$x    | V='/home/Zoë Mac/$x'
          dotenv     | /home/Zoë's Mac/$x  | V="/home/Zoë's Mac/\\$x"
          docker     | /home/me/x.pem      | --volume=/home/me/x.pem:/etc/ssl/devca/x.pem:ro --env=V=/etc/ssl/devca/x.pem
          powershell | C:\\Users\\me\\x.pem  | $env:V = 'C:\\Users\\me\\x.pem'
          powershell | C:\\Zoë's $a `n\\x    | $env:V = 'C:\\Zoë''s $a `n\\x'
          powershell | C:\\Zoë\u2019s\\x      | $env:V = 'C:\\Zoë\u2019\u2019s\\x'
          cmd        | C:\\Users\\a&b ^%x%\\c | set "V=C:\\Users\\a&b ^%x%\\c"
          """)
  void line_value_isThatVeryValueInTheShell(String shell, String value, String line) {
    assertThat(EnvFormat.of(shell).orElseThrow().lines(Map.of("V", value))).containsExactly(line);
  }

  @ParameterizedTest
  @CsvSource({
    "C:\\jdk-21\\x, C:\\jdk-21\\x",
    "java:C:\\Program Files\\x, \"java:C:\\Program Files\\x\"",
    "a&b, \"a&b\"",
    "'', \"\""
  })
  void quoteForCmd_word_isQuotedWhereItMustBe(String word, String typed) {
    assertThat(Shell.quoteForCmd(word)).isEqualTo(typed);
  }
}
