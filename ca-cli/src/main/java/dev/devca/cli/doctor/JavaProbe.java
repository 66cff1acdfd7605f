package dev.devca.cli.doctor;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A Java program with the defaults of the JDK that runs it: makes a handshake with the server that
 * it is given and checks its name. Compiled for Java 8, so that old JDKs can be asked too.
 */
final class JavaProbe {
  private static final int LIMIT_MILLIS = 20_000;

  private JavaProbe() {}

  // What goes wrong comes out with its trace: whoever started it reads the reason there.
  public static void main(String[] args) throws Exception {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    int port = Integer.parseInt(args[1]);
    try (SSLSocket socket = (SSLSocket) factory.createSocket(args[0], port)) {
      socket.setSoTimeout(LIMIT_MILLIS);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
    }
  }
}
