package dev.devca.ca;

import java.io.IOException;
import java.nio.file.Path;
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

  public static void main(String... arguments) throws IOException {
    int go = System.in.read();
    System.out.println(go < 0 ? "" : new OpenAndIssue(Path.of(arguments[0])).call());
  }
}
