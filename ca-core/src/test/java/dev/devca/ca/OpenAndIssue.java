package dev.devca.ca;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.Callable;

/** Opens or makes the CA of a folder and issues a leaf: alone, or in a class loader of its own. */
public final class OpenAndIssue implements Callable<String> {
  private final Path folder;

  public OpenAndIssue(Path folder) {
    this.folder = folder;
  }

  /** The leaf as PEM. */
  @Override
  public String call() throws IOException {
    return CertificateAuthority.openOrCreate(folder)
        .issue(LeafRequest.forNames("app.test"))
        .chainPem();
  }

  /** For each line, the name of a folder, the leaf in base64 on a line. */
  public static void main(String... arguments) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String folder = in.readLine(); folder != null; folder = in.readLine()) {
      byte[] leaf = new OpenAndIssue(Path.of(folder)).call().getBytes(StandardCharsets.US_ASCII);
      System.out.println(Base64.getEncoder().encodeToString(leaf));
    }
  }
}
