package dev.devca.cli.doctor;

import dev.devca.ca.LeafRequest;
import dev.devca.ca.SubjectAltName;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server to connect to.
 *
 * @param name the name or address that clients ask for, in normal form
 * @param port its TCP port
 * @param path what HTTP clients ask it for
 * @param ipv6 whether it is reached by IPv6, which not every client finds out by itself
 */
public record Target(SubjectAltName name, int port, String path, boolean ipv6) {
  private static final int HTTPS = 443;
  private static final int MOST = 65535;
  // An IPv6 address has brackets where a port follows.
  private static final Pattern HOST_PORT =
      Pattern.compile("\\[([^]]+)](?::(\\d{1,5}))?|([^:]+)(?::(\\d{1,5}))?|([0-9A-Fa-f:.]+)");

  /**
   * Reads what a person types: a URL, {@code HOST:PORT} or {@code HOST}.
   *
   * @throws IllegalArgumentException if it is none; the message says why
   */
  public static Target parse(String text) {
    if (text.contains("://")) {
      return ofUrl(text);
    }
    Matcher matcher = HOST_PORT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("it is no URL, HOST:PORT or file");
    }
    String host = first(matcher.group(1), matcher.group(3), matcher.group(5));
    String port = first(matcher.group(2), matcher.group(4), "" + HTTPS);
    return of(host, Integer.parseInt(port), "/");
  }

  private static String first(@Nullable String... texts) {
    for (String text : texts) {
      if (text != null) {
        return text;
      }
    }
    return "";
  }

  private static Target ofUrl(String text) {
    try {
      URI uri = new URI(text);
      if (!"https".equalsIgnoreCase(uri.getScheme())) {
        throw new IllegalArgumentException("only https is looked at");
      }
      String host = uri.getHost();
      if (host == null) {
        throw new IllegalArgumentException("the URL has no host that Java can read");
      }
      String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
      return of(host.replaceAll("[\\[\\]]", ""), uri.getPort() < 0 ? HTTPS : uri.getPort(), path);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("the URL is malformed: " + e.getReason(), e);
    }
  }

  static Target of(String host, int port, String path) {
    if (port < 1 || port > MOST) {
      throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
    }
    SubjectAltName name = LeafRequest.forNames(host).names().get(0);
    if (host.contains("*") || host.contains("@")) {
      throw new IllegalArgumentException("'" + host + "' is no host");
    }
    return new Target(name, port, path, false);
  }

  Target at(InetAddress address) {
    return new Target(name, port, path, address instanceof Inet6Address);
  }

  String host() {
    return name.value();
  }

  boolean isAddress() {
    return name instanceof SubjectAltName.IpAddress;
  }

  private String authority() {
    return (host().contains(":") ? "[" + host() + "]" : host()) + ":" + port;
  }

  /** As HTTP clients are given it. */
  public String url() {
    return "https://" + authority() + path;
  }

  /** As other TLS clients are given it. */
  String address() {
    return authority();
  }

  @Override
  public String toString() {
    return url();
  }
}
