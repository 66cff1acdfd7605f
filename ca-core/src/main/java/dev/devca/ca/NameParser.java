package dev.devca.ca;

import java.util.ArrayList;
import java.util.List;

final class NameParser {
  private NameParser() {}

  static Names parse(List<String> arguments, boolean keepUris) {
    List<SubjectAltName> names = new ArrayList<>();
    for (String argument : arguments) {
      names.add(new SubjectAltName.DnsName(argument));
    }
    return new Names(names, List.of());
  }
}
