/**
 * The trust stores of a machine: start with {@link dev.devca.truststore.TrustStores} and {@link
 * dev.devca.truststore.Host}.
 *
 * <p>Nothing here throws for the state of the machine, needs a private key, prints, or asks.
 * Parameters and results are never null.
 */
@NullMarked
package dev.devca.truststore;

import org.jspecify.annotations.NullMarked;
