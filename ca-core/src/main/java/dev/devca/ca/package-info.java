/**
 * A local certificate authority: start with {@link dev.devca.ca.CertificateAuthority} and {@link
 * dev.devca.ca.LeafRequest}.
 *
 * <p>Nothing here registers a provider, sets a property, prints, or opens a connection. Parameters
 * and results are never null.
 */
@NullMarked
package dev.devca.ca;

import org.jspecify.annotations.NullMarked;
