package dev.devca.truststore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devca.ca.CaException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileBlockTest {
  private static final String VARIABLE = "NODE_EXTRA_CA_CERTS";
  private static final Path HOME = Path.of("/home/Zoe M\u00fcller's $HOME");
  private static final Path FILE = HOME.resolve("ca.pem");
  private static final ProfileBlock BLOCK = block(FILE);
  private static final String BEGIN = "# >>> devca >>>";
  private static final String END = "# <<< devca <<<";

  private static ProfileBlock block(Path file) {
    return new ProfileBlock(Dialect.POSIX, HOME, List.of(VARIABLE), Optional.of(file));
  }

  /** Contents of profiles, each with {@code @} where the block belongs. */
  static List<String> profiles() {
    return List.of(
        "@",
        "\n@",
        "umask 022\n@",
        "umask 022@",
        "umask 022\r\nexport A=b\r\n@",
        "umask 022\r\nexport A=b@",
        "caf\u00e9=\u00ff\u0000\u0085\u2028\n@",
        "# comment\n\nif [ -n \"$BASH_VERSION\" ]; then\n  . ~/.bashrc\nfi\n@",
        "# ~/.bashrc\n\n@# If not running interactively\n# do nothing\ncase $- in\n *i*) ;;\n *) return;;\nesac\nalias a=b\n",
        "@case \"$-\" in *i*) ;; *) return;; esac",
        "@case ${-} in *i*) ;; *) return;; esac\n",
        "a=b\n@[ -z \"$PS1\" ] && return\n",
        "a=b\n@[ -z $PS1 ] && return\n",
        "a=b\n@[[ -z ${PS1} ]] && return\n",
        "a=b\n@[ -n \"${PS1-}\" ] || return\n",
        "a=b\n@[ \"$PS1\" ] || return\n",
        "a=b\n@if [ -z \"$PS1\" ]; then\n  return\nfi\n",
        "a=b\n@test -z \"$PS1\" && return\n",
        "a=b\n@[[ $- != *i* ]] && return\r\nb=c\r\n",
        "a=b\n@[[ $- == *i* ]] || return",
        "a=b\n@[[ \"$-\" =~ i ]] || return\n",
        "a=b\n@if [[ $- != *i* ]] ; then\n  return\nfi\n",
        "a=b\n@echo $- | grep -q i || return\n",
        "a=b\n@[ -t 0 ] || return\n",
        "a=b\n@tty -s || return\n",
        "#!/bin/bash\n@# not interactive\n[ -z \"$PS1\" ] && return\n",
        // An interactive test that is not one, or not of the whole file.
        "PS1='$ '\nPS1=\"$PS1> \"\n@",
        "# case $- in\n@",
        "f() {\n  case $- in *i*) ;; esac\n}\n@",
        "a=b && \\\n[[ $- == *i* ]] && c=d\n@",
        "case \"$TERM\" in xterm) ;; esac\n@",
        // The user's own value would win in new shells if it came later.
        "export NODE_EXTRA_CA_CERTS=/corp.pem\n@",
        "NODE_EXTRA_CA_CERTS=/corp.pem; export NODE_EXTRA_CA_CERTS@",
        "export NODE_EXTRA_CA_CERTS=/corp.pem\n@[ -z \"$PS1\" ] && return\n",
        "# a\nexport NODE_EXTRA_CA_CERTS=/corp.pem\n# b\n\n@# c\n[ -z \"$PS1\" ] && return\n",
        // And a shell that leaves before that line would have no value at all.
        "@[ -z \"$PS1\" ] && return\nexport NODE_EXTRA_CA_CERTS=/corp.pem\na=b\n@",
        "@[ -z \"$PS1\" ] && return\nif true; then\n  export NODE_EXTRA_CA_CERTS=/corp.pem\nfi\n@",
        "@[ -z \"$PS1\" ] && return\nunset NODE_EXTRA_CA_CERTS@",
        "export NODE_EXTRA_CA_CERTS=/a\n@# b\ntty -s || return\nexport NODE_EXTRA_CA_CERTS=/c\n@",
        "@[ -z \"$PS1\" ] && return\n# NODE_EXTRA_CA_CERTS=/corp.pem\necho $NODE_EXTRA_CA_CERTS\n",
        "x=y\n".repeat(250_000) + "@");
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void insert_putsTheBlockWhereItBelongs_andRemoveGivesTheBytesBack(String marked)
      throws CaException {
    byte[] before = bytes(marked.replace("@", ""));

    byte[] after = BLOCK.insert(before);

    assertThat(text(after)).isEqualTo(withBlocks(marked));
    assertThat(text(after)).contains("export " + VARIABLE + "='/home/Zoe M");
    assertThat(BLOCK.isEffective(before)).isFalse();
    assertThat(BLOCK.isEffective(after)).isTrue();
    assertThat(BLOCK.insert(after)).isEqualTo(after);
    assertThat(BLOCK.hasTrace(before)).isFalse();
    assertThat(BLOCK.hasTrace(after)).isTrue();
    assertThat(BLOCK.remove(after)).isEqualTo(before);
  }

  private static String withBlocks(String marked) throws CaException {
    String block = text(BLOCK.insert(new byte[0]));
    StringBuilder text = new StringBuilder();
    for (String part : marked.split("((?<=@)|(?=@))", -1)) {
      boolean ended = text.isEmpty() || text.charAt(text.length() - 1) == '\n';
      if (!part.equals("@")) {
        text.append(text(bytes(part)));
      } else if (ended) {
        text.append(block);
      } else {
        text.append('\n').append(block.replace(BEGIN + "\n", BEGIN + "\n" + MarkedLines.JOINED));
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "umask 022\n", "umask 022", "a=b\n[ -z \"$PS1\" ] && return\n"})
  void insert_valueAssignedBelowTheBlock_movesTheBlock(String profile) throws CaException {
    String own = "export NODE_EXTRA_CA_CERTS=/corp.pem\n";
    byte[] changed = bytes(text(BLOCK.insert(bytes(profile))) + own);
    assertThat(BLOCK.isEffective(changed)).isFalse();

    byte[] moved = BLOCK.insert(changed);

    assertThat(BLOCK.isEffective(moved)).isTrue();
    assertThat(text(moved)).containsSubsequence(own, BEGIN);
    assertThat(text(moved).split(BEGIN, -1)).hasSize(profile.contains("PS1") ? 3 : 2);
    assertThat(text(BLOCK.remove(moved)))
        .isEqualTo(profile + (profile.endsWith("022") ? "\n" : "") + own);
  }

  @Test
  void insert_blockOfAnotherPath_isReplaced() throws CaException {
    ProfileBlock other = block(HOME.resolve("other.pem"));

    byte[] after = BLOCK.insert(other.insert(bytes("a=b\n")));

    assertThat(after).isEqualTo(BLOCK.insert(bytes("a=b\n")));
  }

  @Test
  void insert_twoBlocksOrOneWithForeignLineEnds_leavesOne() throws CaException {
    String one = text(BLOCK.insert(bytes("")));

    assertThat(text(BLOCK.insert(bytes("a\n" + one + "b\n" + one)))).isEqualTo("a\nb\n" + one);
    assertThat(text(BLOCK.insert(bytes("a\r\n" + one.replace("\n", "\r\n")))))
        .isEqualTo("a\r\n" + one);
  }

  @Test
  void insert_blockOfAnotherStore_isSharedAndEachTakesOutItsOwn() throws CaException {
    ProfileBlock other =
        new ProfileBlock(
            Dialect.POSIX, HOME, List.of("A_BUNDLE", "B_BUNDLE"), Optional.of(Path.of("/b.pem")));
    byte[] before = bytes("tty -s || return\nexport B_BUNDLE=/corp.pem");

    byte[] both = other.insert(BLOCK.insert(before));

    assertThat(text(both)).containsPattern("(?s)NODE_.*A_BUNDLE.*B_BUNDLE.*NODE_.*A_BUNDLE");
    assertThat(text(both).split(BEGIN, -1)).hasSize(3);
    for (ProfileBlock block : List.of(BLOCK, other)) {
      assertThat(block.isEffective(both)).isTrue();
      assertThat(block.insert(both)).isEqualTo(both);
    }
    assertThat(other.remove(both)).isEqualTo(BLOCK.insert(before));
    byte[] left = BLOCK.remove(both);
    assertThat(BLOCK.hasTrace(left)).isFalse();
    assertThat(other.isEffective(left)).isTrue();
    assertThat(other.remove(left)).isEqualTo(before);
  }

  @Test
  void insert_linesAddedAroundTheBlock_staysWhereItIs() throws CaException {
    byte[] edited = bytes("first\n" + text(BLOCK.insert(bytes("a=b"))) + "last");

    assertThat(BLOCK.insert(edited)).isEqualTo(edited);
    assertThat(text(BLOCK.remove(edited))).isEqualTo("first\na=b\nlast");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\n" + BEGIN + "\nb\n",
        "a\n" + BEGIN,
        "a\n" + BEGIN + "\nb\n" + BEGIN + "\nc\n" + END + "\n",
        "a\n" + END + "\n"
      })
  void everyChange_halfABlock_isRefusedWithTheLine(String profile) {
    assertThatThrownBy(() -> BLOCK.insert(bytes(profile)))
        .isInstanceOf(CaException.class)
        .hasMessageStartingWith("the block of devca at line 2 has no ");
    assertThatThrownBy(() -> BLOCK.remove(bytes(profile))).isInstanceOf(CaException.class);
  }

  @Test
  void isEffective_lineWrittenByHand_needsNoBlock() throws CaException {
    byte[] byHand = utf8("a=b\n" + BLOCK.byHand() + "\n");

    assertThat(BLOCK.isEffective(byHand)).isTrue();
    assertThat(BLOCK.insert(byHand)).isEqualTo(byHand);
    assertThat(BLOCK.isEffective(bytes("export NODE_EXTRA_CA_CERTS=\"$HOME/ca.pem\""))).isTrue();
    assertThat(BLOCK.isEffective(bytes(text(byHand) + "NODE_EXTRA_CA_CERTS=/x\n"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "export NODE_EXTRA_CA_CERTS=/corp.pem                        | /corp.pem",
        "NODE_EXTRA_CA_CERTS=/corp.pem; export NODE_EXTRA_CA_CERTS   | /corp.pem",
        "export NODE_EXTRA_CA_CERTS='/my corp.pem' # comment         | /my corp.pem",
        "export NODE_EXTRA_CA_CERTS=\"$HOME/corp.pem\"               | ~/corp.pem",
        "export NODE_EXTRA_CA_CERTS=${HOME}/corp.pem                 | ~/corp.pem",
        "export NODE_EXTRA_CA_CERTS=~/corp.pem                       | ~/corp.pem",
        "declare -x NODE_EXTRA_CA_CERTS=/corp.pem                    | /corp.pem",
        "[ -f /corp.pem ] && export NODE_EXTRA_CA_CERTS=/corp.pem    | /corp.pem",
        "if true; then NODE_EXTRA_CA_CERTS=/corp.pem; fi             | /corp.pem",
        "export NODE_EXTRA_CA_CERTS=/a.pem; export NODE_EXTRA_CA_CERTS=/b.pem | /b.pem",
        "export NODE_EXTRA_CA_CERTS='/c\u00f6rp.pem'                 | /c\u00f6rp.pem",
        "export NODE_EXTRA_CA_CERTS=$CORP/ca.pem                     | ''",
        "export NODE_EXTRA_CA_CERTS=$(find-ca)                       | ''",
        "export NODE_EXTRA_CA_CERTS=$HOMER/ca.pem                    | ''",
        "export NODE_EXTRA_CA_CERTS=                                 | ''",
        "NODE_EXTRA_CA_CERTS=/corp.pem npm install                   | ''",
        "alias n='NODE_EXTRA_CA_CERTS=/corp.pem node'                | ''",
        "# export NODE_EXTRA_CA_CERTS=/corp.pem                      | ''",
        "export MY_NODE_EXTRA_CA_CERTS=/corp.pem                     | ''",
        "export NODE_EXTRA_CA_CERTS=~/ca.pem                         | ''"
      })
  void assignedByOthers_knowsTheLiteralPath(String line, String expected) throws CaException {
    Optional<Path> path =
        expected.equals("''")
            ? Optional.empty()
            : Optional.of(Path.of(expected.replace("~", HOME.toString())));

    assertThat(BLOCK.assignedByOthers(utf8("a=b\n" + line + "\nc=d\n"), VARIABLE)).isEqualTo(path);
  }

  /** Others write anything anywhere but into the block, and change or delete what they wrote. */
  @RepeatedTest(200)
  void remove_afterForeignEdits_keepsEveryForeignByte(RepetitionInfo repetition)
      throws CaException {
    long seed = repetition.getCurrentRepetition();
    Random random = new Random(seed);
    byte[] profile = randomText(random, random.nextInt(400));
    byte[] with = BLOCK.insert(profile);
    int begin = text(with).indexOf(BEGIN);
    int end = text(with).indexOf(END) + END.length() + 1;
    // Where we ended a line for our block, that line end is ours too.
    boolean joined = text(with).contains("(The line above had no line end.)");
    byte[] above = Arrays.copyOf(with, joined ? begin - 1 : begin);
    byte[] below = Arrays.copyOfRange(with, end, with.length);

    byte[] newAbove = joined ? above : lines(edited(random, above));
    byte[] newBelow = random.nextBoolean() ? below : edited(random, below);
    byte[] block = Arrays.copyOfRange(with, above.length, end);
    byte[] removed = BLOCK.remove(concat(newAbove, block, newBelow));

    byte[] lineEnd = joined && newBelow.length > 0 ? new byte[] {'\n'} : new byte[0];
    assertThat(removed).as("seed %d", seed).isEqualTo(concat(newAbove, lineEnd, newBelow));
    assertThat(BLOCK.remove(BLOCK.insert(removed))).isEqualTo(removed);
  }

  private static byte[] edited(Random random, byte[] content) {
    byte[] result = content;
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(result.length + 1);
      int deleted = Math.min(random.nextInt(8), result.length - at);
      result =
          concat(
              Arrays.copyOf(result, at),
              randomText(random, random.nextInt(40)),
              Arrays.copyOfRange(result, at + deleted, result.length));
    }
    return result;
  }

  /** Ends the last line: what stands before the mark in its line would make it no mark. */
  private static byte[] lines(byte[] content) {
    return content.length == 0 || content[content.length - 1] == '\n'
        ? content
        : concat(content, new byte[] {'\n'});
  }

  private static byte[] randomText(Random random, int length) {
    List<String> words =
        List.of("\n", "\r\n", "case $- in", "[ -z \"$PS1\" ] && return\n", "export A=b\n", "# c\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (out.size() < length) {
      if (random.nextInt(3) == 0) {
        out.writeBytes(bytes(words.get(random.nextInt(words.size()))));
      } else {
        out.write(random.nextInt(256));
      }
    }
    return out.toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    // As UTF-8 where a char needs it, else a byte a char, so that bytes of no encoding occur too.
    return text.chars().allMatch(c -> c < 256)
        ? text.getBytes(StandardCharsets.ISO_8859_1)
        : utf8(text);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
