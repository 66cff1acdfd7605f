package dev.devca.truststore;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Predicate;

/**
 * A keystore that the system store's program writes anew from its anchors: what is put in here is
 * lost at the next run, so a root comes and goes by way of the anchors.
 */
final class FedKeystore implements TrustStore {
  private final TrustStore keystore;
  private final TrustStore system;
  private final String program;

  /**
   * The keystore.
   *
   * @param keystore the same file taken for an ordinary one
   * @param system the store with the anchors
   * @param program what writes the keystore
   */
  FedKeystore(TrustStore keystore, TrustStore system, String program) {
    this.keystore = keystore;
    this.system = system;
    this.program = program;
  }

  @Override
  public String id() {
    return keystore.id();
  }

  @Override
  public String displayName() {
    return keystore.displayName();
  }

  @Override
  public Rights rights() {
    return keystore.rights();
  }

  @Override
  public TrustResult status(X509Certificate root) {
    return keystore.status(root);
  }

  @Override
  public List<X509Certificate> roots(Predicate<X509Certificate> wanted) throws IOException {
    return keystore.roots(wanted);
  }

  @Override
  public Plan plan(X509Certificate root, Draft draft) {
    Plan own = keystore.plan(root, draft);
    if (own.steps().isEmpty() || system.status(root).kind() == TrustResult.Kind.TRUSTED) {
      return own;
    }
    return Plan.nothing(this, byTheSystem(Operation.INSTALL));
  }

  @Override
  public TrustResult install(X509Certificate root) {
    return change(Operation.INSTALL, TrustResult.Kind.TRUSTED, root);
  }

  @Override
  public TrustResult uninstall(X509Certificate root) {
    return change(Operation.UNINSTALL, TrustResult.Kind.NOT_TRUSTED, root);
  }

  private TrustResult change(Operation operation, TrustResult.Kind wanted, X509Certificate root) {
    TrustResult now = keystore.status(root);
    if (now.kind() == wanted || now.kind() == TrustResult.Kind.ABSENT) {
      return now;
    }
    // A system that has the root as wanted does not feed this file after all.
    return system.status(root).kind() == wanted
        ? operation.apply(keystore, root)
        : byTheSystem(operation);
  }

  private TrustResult byTheSystem(Operation operation) {
    return new TrustResult.Unavailable(
        program + " writes it anew from the system's roots",
        "devca " + operation + " --only " + system.id());
  }
}
