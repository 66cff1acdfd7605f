package dev.devca.cli.doctor;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a server presented in a handshake.
 *
 * @param address where it was reached
 * @param chain its certificates in the order sent
 * @param keyFits false if it could not sign with the key of the first one
 * @param wantsClientCertificate whether it asked for one
 * @param trouble why the handshake did not come to its end, or an empty string
 */
record Served(
    InetAddress address,
    List<X509Certificate> chain,
    boolean keyFits,
    boolean wantsClientCertificate,
    String trouble) {
  Served {
    chain = List.copyOf(chain);
  }
}
