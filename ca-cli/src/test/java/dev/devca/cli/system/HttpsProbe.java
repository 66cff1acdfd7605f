package dev.devca.cli.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.CertPathBuilderException;
import java.time.Duration;

/** A Java program with a JDK's defaults, run in the sandbox: gets the address it is given. */
final class HttpsProbe {

  /** Exit code for a certificate that leads to no trusted root. */
  static final int REFUSED = 60;

  private HttpsProbe() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(args[0])).timeout(Duration.ofSeconds(20)).build();
    try {
      HttpResponse<Void> answer =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
      System.exit(answer.statusCode() == 200 ? 0 : 1);
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
