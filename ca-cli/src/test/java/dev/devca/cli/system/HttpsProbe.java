package dev.devca.cli.system;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.security.cert.CertPathBuilderException;

/** A Java program with a JDK's defaults, run in the sandbox: gets the address it is given. */
final class HttpsProbe {

  /** Exit code for a certificate that leads to no trusted root. */
  static final int REFUSED = 60;

  private static final int LIMIT_MILLIS = 20_000;

  private HttpsProbe() {}

  public static void main(String[] args) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(args[0]).toURL().openConnection();
    connection.setConnectTimeout(LIMIT_MILLIS);
    connection.setReadTimeout(LIMIT_MILLIS);
    try {
      System.exit(connection.getResponseCode() == HttpURLConnection.HTTP_OK ? 0 : 1);
    } catch (IOException e) {
      System.err.println(e);
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof CertPathBuilderException) {
          System.exit(REFUSED);
        }
      }
      throw e;
    }
  }
}
