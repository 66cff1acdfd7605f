package dev.devca.ca;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * A configuration profile that offers a root to an iPhone, iPad or Mac: its owner installs it in
 * the settings, and on iOS switches trust on under General, About, Certificate Trust Settings.
 *
 * <p>Format: Apple's Configuration Profile Reference, payload {@code com.apple.security.root}.
 *
 * {@snippet class="dev.devca.ca.Snippets" region="profile"}
 */
public final class MobileConfig {
  private static final int LINE = 64;

  private MobileConfig() {}

  /**
   * The profile of a root. The same root gives the same profile, which replaces an older one.
   *
   * @param root the root certificate
   * @return a property list in XML, not signed
   * @throws IllegalArgumentException if the certificate has no encoding
   */
  public static String of(X509Certificate root) {
    Fingerprint fingerprint = Fingerprint.of(root);
    try {
      return String.format(
          Locale.ROOT,
          """
          <?xml version="1.0" encoding="UTF-8"?>
          <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
          <plist version="1.0">
          <dict>
            <key>PayloadType</key><string>Configuration</string>
            <key>PayloadVersion</key><integer>1</integer>
            <key>PayloadIdentifier</key><string>dev.devca.%1$s</string>
            <key>PayloadUUID</key><string>%2$s</string>
            <key>PayloadDisplayName</key><string>%4$s</string>
            <key>PayloadDescription</key><string>Root certificate %5$s</string>
            <key>PayloadContent</key>
            <array>
              <dict>
                <key>PayloadType</key><string>com.apple.security.root</string>
                <key>PayloadVersion</key><integer>1</integer>
                <key>PayloadIdentifier</key><string>dev.devca.%1$s.root</string>
                <key>PayloadUUID</key><string>%3$s</string>
                <key>PayloadDisplayName</key><string>%4$s</string>
                <key>PayloadCertificateFileName</key><string>devca-%1$s.crt</string>
                <key>PayloadContent</key>
                <data>
          %6$s
                </data>
              </dict>
            </array>
          </dict>
          </plist>
          """,
          fingerprint.shortHex(),
          uuid(fingerprint, 0),
          uuid(fingerprint, 1),
          escaped(name(root)),
          fingerprint,
          Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(root.getEncoded()));
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("the certificate has no encoding", e);
    }
  }

  /** What the settings list it by. */
  private static String name(X509Certificate root) {
    RDN[] names =
        X500Name.getInstance(root.getSubjectX500Principal().getEncoded()).getRDNs(BCStyle.CN);
    return names.length > 0 && names[0].getFirst().getValue() instanceof ASN1String text
        ? text.getString()
        : "devca " + Fingerprint.of(root).shortHex();
  }

  /** One half of the fingerprint, marked as a UUID of one's own making, RFC 9562 §5.8. */
  private static UUID uuid(Fingerprint fingerprint, int half) {
    String hex = fingerprint.hex().substring(half * 32, half * 32 + 32);
    long high = Long.parseUnsignedLong(hex.substring(0, 16), 16);
    long low = Long.parseUnsignedLong(hex.substring(16), 16);
    return new UUID((high & ~0xf000L) | 0x8000L, (low >>> 2) | 0x8000_0000_0000_0000L);
  }

  private static String escaped(String text) {
    StringBuilder xml = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '&' -> xml.append("&amp;");
                // XML 1.0 has no other control characters at all.
                default -> xml.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
              }
            });
    return xml.toString();
  }
}
