package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.SubjectAltName.DnsName;
import dev.devca.ca.SubjectAltName.EmailAddress;
import dev.devca.ca.SubjectAltName.IpAddress;
import dev.devca.ca.SubjectAltName.Uri;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What holds for the names of any arguments, checked by other means than the parser's own. */
class NameParserRandomTest {
  private static final List<String> PIECES =
      List.of(
          "a",
          "B",
          "test",
          "localhost",
          "app",
          "xn--",
          "xn--mnchen-3ya",
          "xn--a",
          "0",
          "1",
          "127",
          "10",
          "010",
          "0x7f",
          "255",
          "256",
          "fe80",
          "ffff",
          ".",
          ".",
          ".",
          ".",
          "..",
          "-",
          "--",
          "_",
          "*",
          "*.",
          "**",
          ":",
          ":",
          "::",
          "::1",
          "[",
          "]",
          "[::1]",
          "%",
          "%eth0",
          "%41",
          "/",
          "//",
          "://",
          "http://",
          "https://",
          "spiffe://",
          "urn:",
          "urn:ab:",
          "@",
          "a@",
          "?",
          "#",
          "\\",
          "\"",
          "<",
          ">",
          ",",
          ";",
          " ",
          "\t",
          "\n",
          "\u0000",
          "\u001B",
          "\u007F",
          "\u00A0",
          "\u00AD",
          "\u200B",
          "\u200D",
          "\u202E",
          "\u2028",
          "\uFEFF",
          "\uD83D",
          "\uD83D\uDE80",
          "\u00FC",
          "\u00DF",
          "u\u0308",
          "\u0308",
          "\u05D0",
          "\u0628",
          "\u0661",
          "\u4F8B",
          "\u3002",
          "\uFF0E",
          "\uFF11",
          "\uFF41",
          "\uFF0F",
          "\u2100",
          "\u3164",
          "\uE000",
          ":80",
          ":443",
          "a".repeat(60),
          "b.".repeat(60),
          "127.0.0.1",
          "::ffff:1.2.3.4",
          "1:2:3:4:5:6:7:8");

  private static final Pattern DNS_NAME =
      Pattern.compile(
          "(?=.{1,253}$)(\\*\\.(?=[^.]+\\.))?"
              + "([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\\.)*"
              + "(?!([0-9]+|0x[0-9a-f]*)$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
  private static final Pattern LONGEST_ZEROS = Pattern.compile("(^|:)0(:0)+(?=:|$)");

  @Test
  void parse_anyArguments_namesInNormalFormOrOneLine() throws Exception {
    long seed = Seed.get();
    Random random = new Random(seed);
    int named = 0;
    int rounds = 20_000;
    for (int round = 0; round < rounds; round++) {
      List<String> arguments = arguments(random);
      boolean keepUris = random.nextBoolean();
      Names parsed;
      try {
        parsed = NameParser.parse(arguments, keepUris);
      } catch (IllegalArgumentException e) {
        assertOneLine(e.getMessage(), seed);
        continue;
      }
      named++;
      parsed.notes().forEach(note -> assertOneLine(note, seed));
      assertThat(parsed.names()).as("seed %d", seed).isNotEmpty().doesNotHaveDuplicates();
      for (SubjectAltName name : parsed.names()) {
        assertNormal(name, seed);
      }
      assertIdempotent(parsed, keepUris, seed);
    }
    assertThat(named).as("lists without a fault, seed %d", seed).isGreaterThan(rounds / 50);
  }

  @Test
  void parse_randomAddressText_isTheAddressThatJavaReads() throws Exception {
    long seed = Seed.get();
    Random random = new Random(seed);
    for (int round = 0; round < 5_000; round++) {
      byte[] bytes = new byte[random.nextBoolean() ? 16 : 4];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (random.nextInt(3) > 0 ? 0 : random.nextInt());
      }
      InetAddress address = InetAddress.getByAddress(bytes);
      String expected = text(address);
      for (String text : List.of(address.getHostAddress(), expected)) {
        assertThat(NameParser.parse(List.of(text), false).names())
            .as("seed %d", seed)
            .containsExactly(new IpAddress(expected));
      }
    }
  }

  static List<String> arguments(Random random) {
    List<String> arguments = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      StringBuilder argument = new StringBuilder();
      for (int k = random.nextInt(5); k >= 0; k--) {
        argument.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      arguments.add(argument.toString());
    }
    if (random.nextInt(4) == 0) {
      arguments.add(arguments.get(0));
    }
    return arguments;
  }

  private static void assertOneLine(String text, long seed) {
    assertThat(text).as("seed %d", seed).isNotBlank().hasSizeLessThan(800);
    assertThat(text.codePoints())
        .as("%s, seed %d", text, seed)
        .allMatch(c -> c == ' ' || !Character.isSpaceChar(c))
        .allMatch(
            c ->
                switch (Character.getType(c)) {
                  case Character.CONTROL,
                      Character.FORMAT,
                      Character.SURROGATE,
                      Character.PRIVATE_USE,
                      Character.UNASSIGNED ->
                      false;
                  default -> true;
                });
  }

  private static void assertNormal(SubjectAltName name, long seed) throws Exception {
    String value = name.value();
    String what = value + ", seed " + seed;
    if (name instanceof DnsName) {
      assertThat(value).as(what).matches(DNS_NAME);
    } else if (name instanceof IpAddress) {
      // A literal is not looked up.
      assertThat(value)
          .as(what)
          .matches("[0-9a-f.:]+")
          .isEqualTo(text(InetAddress.getByName(value)));
    } else if (name instanceof EmailAddress) {
      assertThat(value.substring(value.indexOf('@') + 1)).as(what).matches(DNS_NAME);
      assertThat(value).as(what).matches("[\\x21-\\x7E]{1,64}@[a-z0-9.-]+");
    } else if (name instanceof Uri) {
      URI uri = new URI(value);
      assertThat(uri.isAbsolute()).as(what).isTrue();
      assertThat(uri.toASCIIString()).as(what).isEqualTo(value);
      assertThat(uri.getRawUserInfo()).as(what).isNull();
    }
  }

  private static void assertIdempotent(Names parsed, boolean keepUris, long seed) {
    List<String> values = parsed.names().stream().map(SubjectAltName::value).toList();
    Names again = NameParser.parse(values, keepUris);
    assertThat(again.names()).as("seed %d", seed).isEqualTo(parsed.names());
    assertThat(again.notes())
        .as("seed %d", seed)
        .allMatch(note -> note.endsWith("has an underscore: Java clients cannot connect to it"));
  }

  /** RFC 5952, from the eight groups that Java writes. */
  private static String text(InetAddress address) throws UnknownHostException {
    String full = InetAddress.getByAddress(address.getAddress()).getHostAddress();
    String longest =
        LONGEST_ZEROS
            .matcher(full)
            .results()
            .map(match -> match.group())
            .reduce("", (a, b) -> zeros(b) > zeros(a) ? b : a);
    if (longest.isEmpty()) {
      return full;
    }
    int start = full.indexOf(longest);
    String after = full.substring(start + longest.length());
    return full.substring(0, start) + "::" + (after.isEmpty() ? "" : after.substring(1));
  }

  private static long zeros(String run) {
    return Arrays.stream(run.split(":", -1)).filter(group -> group.equals("0")).count();
  }
}
