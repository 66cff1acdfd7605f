package dev.devca.cli;

import dev.devca.ca.KeyStoreFormat;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Which files {@code devca issue} writes, and in which form. */
record OutputOptions(Arguments parsed) {
  static final String DER = "--der";
  static final String LEGACY = "--legacy-p12";
  static final String ALIAS = "--alias";
  private static final String FORCE = "--force";
  private static final List<String> STORE_OPTIONS =
      List.of(StorePassword.FILE, StorePassword.VARIABLE, ALIAS, LEGACY);
  private static final String DEFAULT_ALIAS = "devca";

  static void addTo(CommandSpec spec) {
    add(spec, OutputKind.CERTIFICATE, "where the certificate goes; - for standard output");
    add(spec, OutputKind.KEY, "where the key goes; the same file is allowed");
    spec.addOption(CommonOptions.flag(DER, "both in DER instead of PEM"));
    add(spec, OutputKind.PKCS12, "a PKCS #12 key store with both, alone or beside them");
    add(spec, OutputKind.JKS, "a JKS key store with both");
    add(spec, OutputKind.TRUST_STORE, "a PKCS #12 trust store with the root certificate");
    StorePassword.addTo(spec);
    spec.addOption(
            CommonOptions.value(
                ALIAS,
                "NAME",
                "the entry's name in a key store, " + DEFAULT_ALIAS + " if not given"))
        .addOption(CommonOptions.flag(LEGACY, "PKCS #12 as Windows before Server 2019 reads it"));
    KeyAccess.addTo(spec);
    spec.addOption(CommonOptions.flag(FORCE, "replace files that devca did not write"));
  }

  private static void add(CommandSpec spec, OutputKind kind, String description) {
    spec.addOption(CommonOptions.value(kind.option(), "FILE", description));
  }

  /** Refuses values that no file can have. */
  void check() {
    for (OutputKind kind : OutputKind.values()) {
      if (file(kind).filter(String::isEmpty).isPresent()) {
        throw OutputFiles.wrong(kind.option() + " is empty");
      }
    }
    if (der() && !writesPair()) {
      throw OutputFiles.wrong(DER + " is for certificate and key files, and none is asked for");
    }
    if (!writesKeyStore()) {
      for (String option : STORE_OPTIONS) {
        if (parsed.has(option)) {
          throw OutputFiles.wrong(option + " is for key stores, and none is asked for");
        }
      }
    }
    if (parsed.has(LEGACY)
        && file(OutputKind.PKCS12).isEmpty()
        && file(OutputKind.TRUST_STORE).isEmpty()) {
      throw OutputFiles.wrong(LEGACY + " is for a PKCS #12 store, and none is asked for");
    }
    if (parsed.has(ALIAS)) {
      try {
        KeyStoreFormat.checkAlias(alias());
      } catch (IllegalArgumentException e) {
        throw OutputFiles.wrong(String.valueOf(e.getMessage()));
      }
    }
  }

  /** Refuses what has no place beside a certification request, whose key is elsewhere. */
  void checkWithoutKey() {
    for (OutputKind kind : OutputKind.values()) {
      if (kind.isSecret() && file(kind).isPresent()) {
        throw OutputFiles.wrong(
            kind.option() + " is for a key, which stays with who made the request");
      }
    }
    if (file(OutputKind.CERTIFICATE).isEmpty()) {
      // A name that somebody else chose must not choose a file.
      throw OutputFiles.wrong("with --csr its place must be given with --cert-file");
    }
  }

  Optional<String> file(OutputKind kind) {
    return parsed.has(kind.option())
        ? Optional.of(parsed.value(kind.option(), ""))
        : Optional.empty();
  }

  /** Whether certificate and key have files of their own. */
  boolean writesPair() {
    return file(OutputKind.CERTIFICATE).isPresent()
        || file(OutputKind.KEY).isPresent()
        || (file(OutputKind.PKCS12).isEmpty() && file(OutputKind.JKS).isEmpty());
  }

  private boolean writesKeyStore() {
    for (OutputKind kind : OutputKind.values()) {
      if (kind.isKeyStore() && file(kind).isPresent()) {
        return true;
      }
    }
    return false;
  }

  boolean der() {
    return parsed.has(DER);
  }

  boolean force() {
    return parsed.has(FORCE);
  }

  String alias() {
    return parsed.value(ALIAS, DEFAULT_ALIAS);
  }

  KeyStoreFormat pkcs12() {
    return parsed.has(LEGACY) ? KeyStoreFormat.LEGACY_PKCS12 : KeyStoreFormat.PKCS12;
  }
}
