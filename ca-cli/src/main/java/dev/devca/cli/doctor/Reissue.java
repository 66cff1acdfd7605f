package dev.devca.cli.doctor;

import dev.devca.ca.SubjectAltName;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The command that issues a certificate in the place of one that is no good. */
final class Reissue {
  // A server may present anything: what a shell would read otherwise is no name.
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:*-]+");

  private Reissue() {}

  /** With the host's name and all names of the old one. */
  static String command(Optional<SubjectAltName> host, X509Certificate old) {
    Set<String> names = new LinkedHashSet<>();
    host.ifPresent(name -> names.add(name.value()));
    HostNames.of(old).stream()
        .filter(name -> PLAIN.matcher(name).matches())
        .filter(name -> host.isEmpty() || !name.equalsIgnoreCase(host.get().value()))
        .forEach(names::add);
    StringBuilder command = new StringBuilder("devca issue");
    names.forEach(
        name -> command.append(' ').append(name.startsWith("*") ? "'" + name + "'" : name));
    return names.isEmpty() ? "devca issue NAME" : command.toString();
  }
}
