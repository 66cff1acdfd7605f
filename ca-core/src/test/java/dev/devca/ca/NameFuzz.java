package dev.devca.ca;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.util.Collection;
import java.util.List;

/** Names as people and other programs give them, each on a line; what is taken can be issued. */
public final class NameFuzz {
  private static final CertificateAuthority CA =
      CertificateAuthority.inMemory(CaOptions.defaults());

  private NameFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) throws CertificateParsingException {
    List<String> arguments = List.of(new String(data, StandardCharsets.UTF_8).split("\n", -1));
    List<String> names;
    try {
      names = NameParser.parse(arguments, false).names().stream().map(n -> n.value()).toList();
    } catch (IllegalArgumentException e) {
      requirePrintable(String.valueOf(e.getMessage()));
      return;
    }
    names.forEach(NameFuzz::requirePrintable);
    List<String> again =
        NameParser.parse(names, false).names().stream().map(n -> n.value()).toList();
    if (!again.equals(names)) {
      throw new AssertionError("the normal form of " + names + " is " + again);
    }
    IssuedCertificate leaf;
    try {
      leaf = CA.issue(LeafRequest.forNames(names.toArray(String[]::new)));
    } catch (CaException | IllegalArgumentException e) {
      // Too many, or too long together.
      requirePrintable(String.valueOf(e.getMessage()));
      return;
    }
    Collection<List<?>> said = leaf.chain().get(0).getSubjectAlternativeNames();
    if (said.size() != names.size()) {
      throw new AssertionError(names + " became " + said);
    }
  }

  private static void requirePrintable(String text) {
    if (!text.codePoints().allMatch(Quoted::isPrintable)) {
      throw new AssertionError("what is shown moves the cursor: " + Quoted.of(text));
    }
  }
}
