package dev.devca.truststore;

/**
 * What an operation did to one store.
 *
 * {@snippet class="dev.devca.truststore.Snippets" region="install"}
 *
 * @param storeId {@link TrustStore#id}
 * @param displayName {@link TrustStore#displayName}
 * @param result the state after the operation
 */
public record Outcome(String storeId, String displayName, TrustResult result) {}
