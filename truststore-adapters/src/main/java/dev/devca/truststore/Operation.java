package dev.devca.truststore;

import java.security.cert.X509Certificate;
import java.util.Locale;

/** What can be done with a root in a store. */
public enum Operation {
  /** {@link TrustStore#status}. */
  STATUS,
  /** {@link TrustStore#install}. */
  INSTALL,
  /** {@link TrustStore#uninstall}. */
  UNINSTALL;

  TrustResult apply(TrustStore store, X509Certificate root) {
    return switch (this) {
      case STATUS -> store.status(root);
      case INSTALL -> store.install(root);
      case UNINSTALL -> store.uninstall(root);
    };
  }

  /** The command's name: {@code install} and so on. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
