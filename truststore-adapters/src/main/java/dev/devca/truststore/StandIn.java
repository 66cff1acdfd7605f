package dev.devca.truststore;

import java.security.cert.X509Certificate;

/**
 * Stands in the list for a store that cannot be worked on, and answers always the same.
 *
 * @param id the id of the store
 * @param displayName what to call it before a person
 * @param isPerUser whether it would serve its user alone
 * @param answer why, and what mends it
 */
record StandIn(String id, String displayName, boolean isPerUser, TrustResult answer)
    implements TrustStore {
  @Override
  public Rights rights() {
    return Rights.OWN;
  }

  @Override
  public TrustResult status(X509Certificate root) {
    return answer;
  }

  @Override
  public TrustResult install(X509Certificate root) {
    return answer;
  }

  @Override
  public TrustResult uninstall(X509Certificate root) {
    return answer;
  }
}
