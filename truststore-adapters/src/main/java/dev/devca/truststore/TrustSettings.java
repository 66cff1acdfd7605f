package dev.devca.truststore;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The trust settings of one domain of macOS, as {@code security trust-settings-export} writes them.
 * Immutable.
 *
 * @param records what is set for each certificate, by the SHA-1 of its DER
 */
record TrustSettings(Map<String, Object> records) {
  // SecTrustSettings.h of macOS: without a result it is the first.
  private static final String TRUST_ROOT = "1";
  private static final String DENY = "3";
  // The DER of Apple's policy for TLS, 1.2.840.113635.100.1.3, without tag and length.
  private static final byte[] TLS = HexFormat.of().parseHex("2a864886f763640103");

  /** What a domain says of a certificate as the root of TLS servers. */
  enum Verdict {
    /** Nothing. */
    NONE,
    /** It has settings, but none that trusts it for every server. */
    NOT_TRUSTED,
    TRUSTED,
    DENIED
  }

  TrustSettings {
    records = Map.copyOf(records);
  }

  static TrustSettings none() {
    return new TrustSettings(Map.of());
  }

  static TrustSettings parse(byte[] exported) throws IOException {
    if (!(PropertyList.parse(exported).get("trustList") instanceof Map<?, ?> list)) {
      throw new IOException("it has no trustList");
    }
    Map<String, Object> records = new HashMap<>();
    list.forEach((key, value) -> records.put(String.valueOf(key).toUpperCase(Locale.ROOT), value));
    return new TrustSettings(records);
  }

  /** What is set for a certificate, by the SHA-1 of its DER in capital hex digits. */
  Verdict of(String sha1) {
    if (!(records.get(sha1) instanceof Map<?, ?> entry)) {
      return Verdict.NONE;
    }
    if (!(entry.get("trustSettings") instanceof List<?> settings) || settings.isEmpty()) {
      // No constraints at all: trusted for everything.
      return Verdict.TRUSTED;
    }
    List<String> results =
        settings.stream()
            .filter(setting -> setting instanceof Map<?, ?> map && isForServers(map))
            .map(setting -> result((Map<?, ?>) setting))
            .toList();
    if (results.contains(DENY)) {
      return Verdict.DENIED;
    }
    return results.contains(TRUST_ROOT) ? Verdict.TRUSTED : Verdict.NOT_TRUSTED;
  }

  /** Whether a setting is for TLS, or for everything, and for every server and program. */
  private static boolean isForServers(Map<?, ?> setting) {
    Object policy = setting.get("kSecTrustSettingsPolicy");
    return (policy == null || (policy instanceof byte[] oid && Arrays.equals(oid, TLS)))
        && !setting.containsKey("kSecTrustSettingsPolicyString")
        && !setting.containsKey("kSecTrustSettingsApplication");
  }

  private static String result(Map<?, ?> setting) {
    Object result = setting.get("kSecTrustSettingsResult");
    return result == null ? TRUST_ROOT : String.valueOf(result);
  }
}
