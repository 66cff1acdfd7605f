package dev.devca.ca;

import dev.devca.ca.SubjectAltName.DnsName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads names as people type them: DNS names, addresses, URLs, email addresses. The one place that
 * decides what an argument is.
 *
 * <p>Every start of the command line comes through here: an ASCII name or an IPv4 address loads no
 * class of the JDK that the JVM has not loaded by then.
 */
final class NameParser {
  private final boolean keepUris;
  private final List<SubjectAltName> names = new ArrayList<>();
  private final Set<String> values = new HashSet<>(); // of any kind: no two kinds look alike
  private final Set<String> notes = new LinkedHashSet<>();

  private NameParser(boolean keepUris) {
    this.keepUris = keepUris;
  }

  /**
   * Reads a list of names.
   *
   * @param arguments as typed, at least one
   * @param keepUris whether a URL names itself beside its host; without it a URI that has no host
   *     is refused
   * @throws IllegalArgumentException if one is bad, with a message of one line
   */
  static Names parse(List<String> arguments, boolean keepUris) {
    NameParser parser = new NameParser(keepUris);
    for (String argument : arguments) {
      try {
        parser.add(argument);
      } catch (BadName e) {
        throw new IllegalArgumentException(
            "cannot use the name " + Quoted.of(argument) + ": " + e.getMessage());
      }
    }
    return new Names(parser.names, List.copyOf(parser.notes));
  }

  private void add(String argument) {
    checkCharacters(argument);
    if (Uris.isUri(argument)) {
      List<SubjectAltName> hostAndUri = Uris.read(argument, keepUris);
      if (hostAndUri.size() > 1) {
        SubjectAltName host = hostAndUri.get(0);
        if (put(host)) {
          notes.add(Quoted.of(argument) + " names the host " + host.value() + " too");
        }
      }
      put(argument, hostAndUri.get(hostAndUri.size() - 1));
    } else if (argument.indexOf('@') >= 0) {
      put(argument, Mailboxes.read(argument));
    } else if (argument.indexOf('/') >= 0) {
      throw path(argument);
    } else {
      put(argument, Hosts.read(argument));
    }
  }

  private void put(String argument, SubjectAltName name) {
    boolean asGiven = argument.equals(name.value());
    if (!put(name)) {
      notes.add(
          Quoted.of(argument)
              + (asGiven ? " is given more than once" : " is " + name.value() + ", given before"));
    } else if (!asGiven) {
      notes.add(Quoted.of(argument) + " is written " + name.value());
    }
  }

  private boolean put(SubjectAltName name) {
    if (!values.add(name.value())) {
      return false;
    }
    names.add(name);
    if (name instanceof DnsName && name.value().indexOf('_') >= 0) {
      notes.add(name.value() + " has an underscore: Java clients cannot connect to it");
    }
    return true;
  }

  private static void checkCharacters(String argument) {
    if (argument.isEmpty()) {
      throw new BadName("it is empty");
    }
    for (int at = 0; at < argument.length(); ) {
      int c = argument.codePointAt(at);
      at += Character.charCount(c);
      if (c > ' ' && c < 0x7F) {
        continue;
      }
      if (Character.isSpaceChar(c)) {
        throw new BadName(space(argument));
      }
      if (!Quoted.isPrintable(c)) {
        IdnLabels.refuseDeviation(c);
        throw new BadName("it holds " + Quoted.codePoint(c) + ", which cannot be shown");
      }
    }
  }

  private static String space(String argument) {
    return argument.indexOf('@') >= 0
        ? "it holds a space; give the email address alone"
        : "it holds a space; give each name as an argument of its own";
  }

  private static BadName path(String argument) {
    String host = argument.substring(0, argument.indexOf('/'));
    boolean network = IpAddresses.isIpv4(host) || IpAddresses.ipv6(host) != null;
    String reason = network ? "a certificate holds addresses, no networks" : "it has a path";
    try {
      return new BadName(reason + "; did you mean " + Hosts.read(host).value() + "?");
    } catch (BadName e) {
      return new BadName(reason);
    }
  }
}
