package dev.devca.cli;

import dev.devca.ca.KeyType;
import dev.devca.ca.LeafRequest;
import dev.devca.ca.SubjectAltName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What a certificate says: names, uses, key and validity. */
final class LeafOptions {
  static final String CLIENT = "--client";
  static final String SERVER = "--server";
  static final String URI = "--uri";
  static final String COMMON_NAME = "--cn";
  static final String KEY = "--key";

  /** A certification request says these itself. */
  static final Set<String> NOT_OF_REQUESTS = Set.of(CLIENT, SERVER, URI, COMMON_NAME);

  private LeafOptions() {}

  private static PositionalParamSpec names() {
    return PositionalParamSpec.builder()
        .paramLabel("NAME")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("0..*")
        .description("the names that the certificate is for")
        .build();
  }

  static void addTo(CommandSpec spec) {
    spec.addPositional(names());
    spec.addOption(CommonOptions.flag(CLIENT, "for TLS clients, not servers"))
        .addOption(CommonOptions.flag(SERVER, "with --client: for servers too"))
        .addOption(
            CommonOptions.value(
                COMMON_NAME,
                "NAME",
                "the subject's common name; with --client the only name needed"))
        .addOption(CommonOptions.flag(URI, "a URL among the names is a URI name too"))
        .addOption(
            CommonOptions.value(
                KEY,
                "KIND",
                "p256 (if nothing is said), p384, ed25519, rsa2048, rsa3072, rsa4096"));
    ValidityOptions.addTo(spec);
  }

  /** The request for a new key. */
  static LeafRequest request(Arguments parsed) {
    String[] names = parsed.words().toArray(String[]::new);
    boolean client = parsed.has(CLIENT);
    boolean server = parsed.has(SERVER) || !client;
    if (names.length == 0 && !server && parsed.has(COMMON_NAME)) {
      return rest(parsed, client(parsed));
    }
    return rest(parsed, used(named(parsed, names), client, server));
  }

  private static LeafRequest client(Arguments parsed) {
    try {
      return LeafRequest.forClient(parsed.value(COMMON_NAME, ""));
    } catch (IllegalArgumentException e) {
      throw OutputFiles.wrong(String.valueOf(e.getMessage()));
    }
  }

  /** The arguments that make this request, whatever it was made of. */
  static List<String> arguments(LeafRequest request) {
    List<String> arguments = new ArrayList<>();
    if (request.isForClients()) {
      arguments.add(CLIENT);
      if (request.isForServers()) {
        arguments.add(SERVER);
      }
    }
    request.commonName().ifPresent(name -> arguments.add(COMMON_NAME + "=" + name));
    if (request.names().stream().anyMatch(SubjectAltName.Uri.class::isInstance)) {
      arguments.add(URI);
    }
    request.names().forEach(name -> arguments.add(name.value()));
    return arguments;
  }

  /** With common name, key and validity as asked for. */
  static LeafRequest rest(Arguments parsed, LeafRequest named) {
    LeafRequest request = named;
    if (parsed.has(COMMON_NAME)) {
      try {
        request = request.withCommonName(parsed.value(COMMON_NAME, ""));
      } catch (IllegalArgumentException e) {
        throw OutputFiles.wrong(String.valueOf(e.getMessage()));
      }
    }
    if (parsed.has(KEY)) {
      request = request.withKeyType(keyType(parsed.value(KEY, "")));
    }
    return ValidityOptions.apply(parsed, request);
  }

  static LeafRequest named(Arguments parsed, String... names) {
    if (names.length == 0) {
      throw new UsageException(
          "cannot issue a certificate: no names were given", "devca issue localhost 127.0.0.1");
    }
    try {
      return parsed.has(URI) ? LeafRequest.forNamesAndUris(names) : LeafRequest.forNames(names);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), "devca issue --help");
    }
  }

  static LeafRequest used(LeafRequest request, boolean client, boolean server) {
    if (client) {
      return server ? request.forServerAndClientAuth() : request.forClientAuth();
    }
    return request;
  }

  private static KeyType keyType(String id) {
    List<String> known = new ArrayList<>();
    for (KeyType type : KeyType.values()) {
      if (type.id().equals(id)) {
        return type;
      }
      known.add(type.id());
    }
    throw new UsageException(
        "cannot make a key of the kind '" + id + "': known are " + String.join(", ", known),
        "devca issue --help");
  }
}
