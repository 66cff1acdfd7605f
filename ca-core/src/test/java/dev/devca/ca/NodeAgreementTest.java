package dev.devca.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.IDN;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever {@link NameParser} makes a DNS name is what Node asks for when it connects. */
class NodeAgreementTest {
  // Scripts whose characters act on each other: joiners, marks, digits, conjoining syllables.
  private static final List<String> POOLS =
      List.of(
          range(0x620, 0x6FF) + "\u200C".repeat(12),
          range(0x5B0, 0x5EA) + range(0x660, 0x669) + "0123456789-_.",
          range(0x900, 0x97F) + "\u200C\u200C\u200D\u200D\u094D\u094D\u094D\u094D",
          range('a', 'z') + range(0xC0, 0x17F) + range(0x300, 0x345),
          range(0x370, 0x3FF) + range(0x1F00, 0x1FFF) + range(0x300, 0x345),
          range(0x1100, 0x11FF) + range(0xAC00, 0xAC20),
          range(0x9BE, 0x9D7) + range(0xBBE, 0xBD7) + range(0xD3E, 0xD57) + range(0x1025, 0x102E),
          range(0x3040, 0x30FF) + range(0xFF61, 0xFF9F),
          range(0xFB1D, 0xFDFF) + range(0xFE70, 0xFEFC) + range(0x620, 0x6FF),
          range(0x2100, 0x218F) + range(0x2460, 0x24FF) + range(0x3200, 0x33FF),
          range(0x1D100, 0x1D1FF) + range(0x1D400, 0x1D7FF),
          range(0x10A0, 0x10FF) + range(0x13A0, 0x13FF),
          range('a', 'f') + "0123456789-_.xn--*\u00FC\u3002\uFF0E");

  @TempDir Path folder;

  @Test
  void parse_table_isWhatNodeSays() throws Exception {
    List<IdnTable.Row> rows = IdnTable.rows().filter(row -> !row.isRefused()).toList();

    assertThat(NodeDomains.toAscii(rows.stream().map(IdnTable.Row::name).toList(), folder))
        .isEqualTo(rows.stream().map(IdnTable.Row::expected).toList());
  }

  @Test
  void parse_everyCharacter_isWhatNodeSaysOrRefused() throws Exception {
    List<String> names = new ArrayList<>();
    for (int c = 0x80; c < 0x110000; c += c < 0x10000 ? 1 : c < 0x40000 ? 13 : 997) {
      String character = Character.toString(c);
      addBothForms(names, "a" + character + "b");
      // Beside Hebrew no left-to-right letter is allowed.
      if (Character.getDirectionality(c) != Character.DIRECTIONALITY_LEFT_TO_RIGHT) {
        addBothForms(names, "\u05D0" + character + "\u05D0");
      }
    }

    assertAgreement(names, "every character");
  }

  @Test
  void parse_randomLabels_isWhatNodeSaysOrRefused() throws Exception {
    long seed = Seed.get();
    Random random = new Random(seed);
    List<String> names = new ArrayList<>();
    for (int round = 0; round < 50_000; round++) {
      int[] pool = POOLS.get(random.nextInt(POOLS.size())).codePoints().toArray();
      StringBuilder label = new StringBuilder();
      for (int i = random.nextInt(6); i >= 0; i--) {
        label.appendCodePoint(pool[random.nextInt(pool.length)]);
      }
      boolean encoded = random.nextBoolean() && isComparedAsALabel(label.toString());
      String name = encoded ? "xn--" + PunycodeEncoder.encode(label.toString()) : label.toString();
      names.add(random.nextBoolean() ? name + ".test" : name);
    }

    assertAgreement(names, "seed " + seed);
  }

  private static void addBothForms(List<String> names, String label) {
    names.add(label + ".test");
    if (isComparedAsALabel(label)) {
      names.add("xn--" + PunycodeEncoder.encode(label) + ".test");
    }
  }

  private void assertAgreement(List<String> names, String what) throws Exception {
    List<String> answers = NodeDomains.toAscii(names, folder);
    List<String> disagreements = new ArrayList<>();
    int agreed = 0;
    for (int i = 0; i < names.size(); i++) {
      String ours = read(names.get(i));
      if (ours.equals(answers.get(i))) {
        agreed += ours.isEmpty() ? 0 : 1;
      } else if (!ours.isEmpty()) {
        disagreements.add(Quoted.of(names.get(i)) + " is " + ours + ", to Node " + answers.get(i));
      }
    }
    assertThat(disagreements).as(what).isEmpty();
    assertThat(agreed).as("names that both take, of %s", what).isGreaterThan(names.size() / 5);
  }

  private static String read(String name) {
    try {
      return NameParser.parse(List.of(name), false).names().get(0).value();
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /**
   * A-labels of the characters of Unicode 3.2, on JDK 17 of all characters. Each later JDK knows
   * characters that each Node learns at another time.
   */
  private static boolean isComparedAsALabel(String label) {
    return Runtime.version().feature() == 17 || label.codePoints().allMatch(c -> isOld(c));
  }

  private static boolean isOld(int codePoint) {
    try {
      return !IDN.toASCII(Character.toString(codePoint), 0).isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String range(int from, int to) {
    StringBuilder range = new StringBuilder();
    for (int c = from; c <= to; c++) {
      range.append(Character.isDefined(c) ? Character.toString(c) : "");
    }
    return range.toString();
  }
}
