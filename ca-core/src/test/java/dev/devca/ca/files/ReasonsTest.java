package dev.devca.ca.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Cannot run program "/a, (b": error=2, No such file or directory | No such file or directory
          Cannot run program "x" (in directory "/a"): error=13, Permission denied | Permission denied
          Cannot run program "/a, (b": Exec failed, error: 2 (No such file or directory) | No such file or directory
          Cannot run program "x": CreateProcess error=2, The system cannot find the file specified | The system cannot find the file specified
          Cannot run program "x": something else | Cannot run program "x": something else
          it is a directory | it is a directory
          """)
  void of_messageOfTheJdk_isItsReason(String message, String reason) {
    assertThat(Reasons.of(new IOException(message))).isEqualTo(reason);
    assertThat(Reasons.of(new IOException(message + " "))).startsWith(reason);
  }

  @Test
  void of_programThatIsNotThere_isInWordsWithWhateverJava() {
    IOException failure =
        catchThrowableOfType(
            IOException.class, () -> new ProcessBuilder("/no/such/program").start());

    assertThat(Reasons.of(failure)).isEqualTo("No such file or directory");
    assertThat(Reasons.of(new NoSuchFileException("/a"))).isEqualTo("no such file or directory");
  }
}
