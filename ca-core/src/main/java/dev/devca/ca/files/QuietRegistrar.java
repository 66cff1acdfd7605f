package dev.devca.ca.files;

import org.bouncycastle.crypto.CryptoServicesRegistrar;

/**
 * Bouncy Castle's registry of defaults, loaded without a trace. The thread that uses it first gets
 * the defaults into a thread-local of its own, where they would keep this library's class loader in
 * memory for as long as the thread lives: a thread of a build daemon, for days.
 */
public final class QuietRegistrar {
  static {
    CryptoServicesRegistrar.clearThreadProperty(CryptoServicesRegistrar.Property.DH_DEFAULT_PARAMS);
    CryptoServicesRegistrar.clearThreadProperty(
        CryptoServicesRegistrar.Property.DSA_DEFAULT_PARAMS);
  }

  private QuietRegistrar() {}

  /** Loads it, once. To be called before anything of {@code org.bouncycastle.crypto}. */
  public static void load() {
    // The static initializer does it.
  }
}
