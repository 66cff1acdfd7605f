package dev.devca.cli;

import dev.devca.ca.CaException;
import dev.devca.ca.CertificateAuthority;
import dev.devca.ca.MobileConfig;
import dev.devca.ca.Pem;
import dev.devca.ca.files.AtomicFile;
import dev.devca.ca.files.BoundedFiles;
import dev.devca.ca.files.FileMode;
import dev.devca.ca.files.Reasons;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code devca ca export}. */
final class CaExportCommand implements Command {
  private static final String FORMAT = "--format";
  private static final String OUT = "--out";
  private static final String STANDARD_OUTPUT = "-";
  private static final String WITH_KEY = "--with-key";
  private static final String FORCE = "--force";
  private static final String HELP = "devca ca export --help";

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommonOptions.command(
            "ca export",
            "Writes the root for another machine, a phone or a colleague: without its key.",
            "  devca ca export > root.pem",
            "  devca ca export --format der --out root.crt",
            "  devca ca export --format mobileconfig --out devca.mobileconfig",
            "",
            ExitCode.TEXT);
    spec.addOption(
            CommonOptions.value(
                FORMAT, "FORMAT", "pem (the default), der, or mobileconfig for iOS and macOS"))
        .addOption(CommonOptions.value(OUT, "FILE", "where it goes; default: standard output"))
        .addOption(
            CommonOptions.flag(
                WITH_KEY, "with the key, which can open every connection of who trusts the root"))
        .addOption(CommonOptions.flag(FORCE, "replace a file that is there"));
    return CommonOptions.addTo(spec);
  }

  @Override
  public int run(Arguments parsed, Session session) throws IOException {
    String format = parsed.value(FORMAT, "pem");
    boolean withKey = parsed.has(WITH_KEY);
    String out = parsed.value(OUT, STANDARD_OUTPUT);
    check(format, withKey, out, session.json());
    CertificateAuthority ca =
        CertificateAuthority.find(session.caDirectory()).orElseThrow(session::noCa);
    byte[] content = content(ca, format);
    if (withKey) {
      content = withKey(ca, content);
    }
    if (out.equals(STANDARD_OUTPUT)) {
      session.console().write(content);
      return ExitCode.DONE;
    }
    write(Path.of(out), content, withKey, parsed.has(FORCE));
    session.say("Wrote the root " + ca.fingerprint() + " to " + out);
    if (withKey) {
      session.say("It holds the key of the CA: whoever has it can pose as any server.");
    }
    if (session.json()) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("fingerprint", ca.fingerprint().hex());
      report.put("file", out);
      report.put("format", format);
      report.put("withKey", withKey);
      session.console().write(Json.write(report));
    }
    return ExitCode.DONE;
  }

  private static void check(String format, boolean withKey, String out, boolean json) {
    if (!format.matches("pem|der|mobileconfig")) {
      throw new UsageException(
          "cannot export a CA: there is no format '"
              + format
              + "'; known are pem, der, mobileconfig",
          HELP);
    }
    if (withKey && !format.equals("pem")) {
      throw new UsageException("cannot export a CA: " + WITH_KEY + " is for the format pem", HELP);
    }
    if (json && out.equals(STANDARD_OUTPUT)) {
      throw new UsageException(
          "cannot export a CA: --json and the root both go to standard output", HELP);
    }
  }

  private static byte[] content(CertificateAuthority ca, String format) {
    return switch (format) {
      case "der" -> der(ca);
      case "mobileconfig" -> MobileConfig.of(ca.rootCertificate()).getBytes(StandardCharsets.UTF_8);
      default -> Pem.encode(ca.rootCertificate()).getBytes(StandardCharsets.US_ASCII);
    };
  }

  private static byte[] der(CertificateAuthority ca) {
    try {
      return ca.rootCertificate().getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("the root has no encoding", e);
    }
  }

  /** The key as its file has it: under a passphrase if it is there. */
  private static byte[] withKey(CertificateAuthority ca, byte[] root) throws IOException {
    if (!ca.permitted().isEmpty()) {
      throw new CaException(
          "cannot export the key of the CA: it is that of its intermediate, and the root has none",
          "copy the folder " + ca.directory().map(Path::toString).orElse("of the CA"));
    }
    Path file =
        ca.key()
            .file()
            .orElseThrow(
                () ->
                    new CaException(
                        "cannot export the key of the CA: it is missing", "devca ca export"));
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(root);
    both.writeBytes(BoundedFiles.read(file, BoundedFiles.PEM_LIMIT));
    return both.toByteArray();
  }

  private static void write(Path file, byte[] content, boolean secret, boolean force)
      throws CaException {
    if (!force && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new CaException(
          "cannot write " + file + ": it is there",
          "choose another file, or replace it with --force");
    }
    try (AtomicFile next =
        AtomicFile.prepare(file, content, secret ? FileMode.OWNER_ONLY : FileMode.WORLD_READABLE)) {
      next.publish();
    } catch (IOException e) {
      throw new CaException(
          "cannot write " + file + ": " + Reasons.of(e), "choose another file with --out", e);
    }
  }
}
