package dev.devca.truststore;

import dev.devca.ca.Fingerprint;
import dev.devca.ca.Pem;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The roots of a Linux distribution: an anchor file, and a bundle and links that a program makes of
 * all anchors. It also feeds the JDKs of the distribution; Debian's takes nothing of that back when
 * an anchor goes, so this store does.
 */
final class AnchorStore implements TrustStore {
  private static final String LINKS = "/etc/ssl/certs";

  private final Host host;
  private final LinuxFamily family;
  private final LinuxFamily.Anchors anchors;

  AnchorStore(Host host, LinuxFamily family) {
    this.host = host;
    this.family = family;
    this.anchors = family.anchors();
  }

  @Override
  public String id() {
    return family.id();
  }

  @Override
  public String displayName() {
    return family.displayName();
  }

  @Override
  public Rights rights() {
    return host.rightsFor(host.path(anchors.folder(), "devca" + anchors.suffix()));
  }

  @Override
  public TrustResult status(X509Certificate root) {
    return read(root, false);
  }

  private TrustResult read(X509Certificate root, boolean changed) {
    try {
      boolean anchored = holds(anchor(root), root);
      boolean bundled = holds(bundle(), root);
      if (anchored && !bundled) {
        return new TrustResult.Failed(
            anchor(root) + " is there, but " + bundle() + " lacks it", "sudo " + anchors.update());
      }
      return bundled ? new TrustResult.Trusted(changed) : new TrustResult.NotTrusted(changed);
    } catch (IOException e) {
      return new TrustResult.Unavailable(
          "cannot read " + bundle() + ": " + Reasons.of(e), "sudo " + anchors.update());
    }
  }

  /** Each anchor is copied whole into the bundle, so both hold this very text. */
  static boolean holds(Path file, X509Certificate root) throws IOException {
    return BoundedFiles.readIfPresent(file, BoundedFiles.STORE_LIMIT)
        .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
        .filter(text -> text.contains(Pem.encode(root)))
        .isPresent();
  }

  @Override
  public List<X509Certificate> roots(Predicate<X509Certificate> wanted) throws IOException {
    List<X509Certificate> roots = new ArrayList<>(PemScan.rootsIn(bundle(), wanted));
    for (Path file : anchorFiles()) {
      PemScan.rootsIn(file, wanted).stream()
          .filter(root -> !roots.contains(root))
          .forEach(roots::add);
    }
    return roots;
  }

  private List<Path> anchorFiles() throws IOException {
    List<Path> files = new ArrayList<>();
    Path folder = host.path(anchors.folder());
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*" + anchors.suffix())) {
      all.forEach(files::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return files;
  }

  @Override
  public Plan plan(X509Certificate root, Draft draft) {
    TrustResult before = read(root, false);
    if (before.kind() == TrustResult.Kind.TRUSTED) {
      return Plan.nothing(this, before);
    }
    Optional<Path> update = host.systemProgram(anchors.update());
    if (update.isEmpty()) {
      return Plan.nothing(this, withoutProgram());
    }
    try {
      List<Step> steps = new ArrayList<>(draft.steps(anchor(root), anchoring(root)));
      Set<Path> feeds = new HashSet<>(Set.of(bundle()));
      if (family.keystore().isFed(host)) {
        feeds.add(keystore());
      }
      steps.add(new Step.Run(command(update.get()).arguments(), "", feeds));
      return Plan.of(this, new TrustResult.Trusted(true), steps);
    } catch (IOException e) {
      return Plan.nothing(this, unchangeable(e));
    }
  }

  @Override
  public TrustResult install(X509Certificate root) {
    TrustResult before = read(root, false);
    if (before.kind() == TrustResult.Kind.TRUSTED) {
      return before;
    }
    Optional<Path> update = host.systemProgram(anchors.update());
    if (update.isEmpty()) {
      return withoutProgram();
    }
    try {
      return installWith(update.get(), root);
    } catch (IOException e) {
      return unchangeable(e);
    }
  }

  private TrustResult withoutProgram() {
    return new TrustResult.Unavailable(anchors.update() + " is missing", family.install());
  }

  private TrustResult unchangeable(IOException e) {
    return failed("cannot change " + host.path(anchors.folder()) + ": " + Reasons.of(e));
  }

  private static Journal.Edit anchoring(X509Certificate root) {
    byte[] pem = Pem.encode(root).getBytes(StandardCharsets.US_ASCII);
    return current -> Optional.of(pem);
  }

  private TrustResult installWith(Path update, X509Certificate root) throws IOException {
    Journal journal = Journal.of(host);
    Fingerprint fingerprint = Fingerprint.of(root);
    journal.edit(anchor(root), fingerprint, anchoring(root));
    try {
      if (family.keystore().rewritten()) {
        run(update);
      } else {
        // First: else what a killed run left of it would be recorded in place of what was there.
        DamagedKeystore.mend(host, keystore());
        journal.record(keystore(), fingerprint, () -> run(update));
      }
    } catch (IOException e) {
      takeBack(root, update);
      return failed(Reasons.of(e));
    }
    TrustResult after = read(root, true);
    if (after.kind() != TrustResult.Kind.TRUSTED) {
      takeBack(root, update);
      return failed(update + " ran, but " + bundle() + " lacks the root");
    }
    return after;
  }

  private TrustResult failed(String reason) {
    return new TrustResult.Failed(reason, family.reinstall());
  }

  @Override
  public TrustResult uninstall(X509Certificate root) {
    TrustResult before = read(root, false);
    if (before.kind() == TrustResult.Kind.NOT_TRUSTED && links(anchor(root)).isEmpty()) {
      return before;
    }
    Optional<Path> update = host.systemProgram(anchors.update());
    if (update.isEmpty()) {
      return withoutProgram();
    }
    try {
      TrustResult java = takeBack(root, update.get());
      TrustResult after = read(root, true);
      if (after.kind() == TrustResult.Kind.TRUSTED) {
        return failed("another file in " + host.path(anchors.folder()) + " holds the root");
      }
      boolean javaClean =
          java.kind() == TrustResult.Kind.NOT_TRUSTED || java.kind() == TrustResult.Kind.ABSENT;
      return javaClean ? after : java;
    } catch (IOException e) {
      return unchangeable(e);
    }
  }

  /**
   * Removes the anchor and its links, which a plain run would leave dangling, runs, and takes the
   * root out of the keystore that the run feeds and never cleans.
   *
   * @return the state of that keystore
   */
  private TrustResult takeBack(X509Certificate root, Path update) throws IOException {
    Journal.of(host).restore(anchor(root), Fingerprint.of(root), current -> without(root, current));
    for (Path link : links(anchor(root))) {
      Files.deleteIfExists(link);
    }
    for (Path file : anchorFiles()) {
      // Another's, such as mkcert's, with the same root and nothing else.
      if (holds(file, root) && Files.readString(file).strip().equals(Pem.encode(root).strip())) {
        List<Path> links = links(file);
        Files.delete(file);
        for (Path link : links) {
          Files.deleteIfExists(link);
        }
      }
    }
    if (holds(bundle(), root)) {
      run(update);
    }
    return family.keystore().rewritten()
        ? new TrustResult.NotTrusted(false)
        : JavaCacertsStore.at(host, keystore()).uninstall(root);
  }

  private static Optional<byte[]> without(X509Certificate root, Optional<byte[]> current) {
    String pem = Pem.encode(root);
    // A file of this name that holds more than the root is not ours any more.
    return current
        .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
        .filter(text -> !text.strip().equals(pem.strip()))
        .map(text -> text.replace(pem, "").getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The links that lead to the anchor, by whatever name, and the hash links that lead to them. */
  private List<Path> links(Path anchor) {
    Map<Path, Path> targets = new HashMap<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(host.path(LINKS))) {
      for (Path link : all) {
        if (Files.isSymbolicLink(link)) {
          targets.put(link, link.resolveSibling(Files.readSymbolicLink(link)));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // What cannot be listed cannot be cleaned; reading the bundle says so.
      return List.of();
    }
    return targets.keySet().stream()
        .filter(
            link -> {
              Path target = targets.getOrDefault(link, link);
              return target.equals(anchor) || anchor.equals(targets.get(target));
            })
        .toList();
  }

  private void run(Path update) throws IOException {
    CommandRunner.Result result;
    try {
      result = host.commands().run(command(update));
    } catch (IOException e) {
      throw new IOException("cannot run " + update + ": " + Reasons.of(e), e);
    }
    if (result.exitCode() != 0) {
      throw new IOException(update + " failed: " + result.lastLine());
    }
  }

  private static CommandRunner.Command command(Path update) {
    return CommandRunner.Command.of(update.toString());
  }

  private Path anchor(X509Certificate root) {
    return host.path(anchors.file(root));
  }

  private Path bundle() {
    return host.path(anchors.bundle());
  }

  private Path keystore() {
    return host.path(family.keystore().file());
  }
}
