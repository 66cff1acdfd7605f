package dev.devca.truststore;

import dev.devca.truststore.JsonText.Member;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** One variable in the {@code env} object of a settings file in JSON; every other byte is kept. */
final class JsonVariable {
  private static final String OBJECT = "env";

  private final String name;
  private final String text;
  private final JsonText json;
  private final Optional<Member> object;
  private final Optional<Member> entry;

  /**
   * Reads a file.
   *
   * @param content its bytes; those of an empty object if there is no file, or nothing in it
   * @throws IOException if it is no JSON, or has something else under these names
   */
  JsonVariable(String name, Optional<byte[]> content) throws IOException {
    this.name = name;
    String read = new String(content.orElse(new byte[0]), StandardCharsets.ISO_8859_1);
    this.text = read.isBlank() ? "{\n}\n" : read;
    this.json = JsonText.parse(text);
    this.object = JsonText.named(json.members(), OBJECT);
    this.entry = object.flatMap(o -> JsonText.named(o.members(), name));
    if (object.isPresent() && text.charAt(object.get().start()) != '{') {
      throw new IOException("its \"" + OBJECT + "\" is no object");
    }
    if (entry.isPresent() && json.string(entry.get()).isEmpty()) {
      throw new IOException("its \"" + name + "\" is no text");
    }
  }

  /** The value. */
  Optional<String> value() {
    return value(name);
  }

  /** The value of another variable. */
  Optional<String> value(String other) {
    return object.flatMap(o -> JsonText.named(o.members(), other)).flatMap(json::string);
  }

  /** The bytes with this value. */
  byte[] with(String value) {
    String quoted = JsonText.quote(value);
    if (entry.isPresent()) {
      return bytes(replace(entry.get().start(), entry.get().end(), quoted));
    }
    String assignment = JsonText.quote(name) + ": " + quoted;
    if (object.isPresent()) {
      int inside = object.get().start() + 1;
      return bytes(insert(inside, object.get().members(), assignment));
    }
    int inside = text.indexOf('{') + 1;
    String space = spaceAt(inside, json.members());
    // As deep again as the members around it.
    String indent = space.substring(space.lastIndexOf('\n') + 1);
    String block =
        space.contains("\n")
            ? "{" + space + indent + assignment + space + "}"
            : "{" + assignment + "}";
    return bytes(insert(inside, json.members(), JsonText.quote(OBJECT) + ": " + block));
  }

  /** What stands between an opening brace and the first member. */
  private String spaceAt(int inside, List<Member> members) {
    return members.isEmpty()
        ? (text.startsWith("\n", inside) ? "\n  " : "")
        : text.substring(inside, members.get(0).keyStart());
  }

  private String insert(int inside, List<Member> members, String assignment) {
    String comma = members.isEmpty() ? "" : ",";
    return replace(inside, inside, spaceAt(inside, members) + assignment + comma);
  }

  /**
   * The bytes without the variable, and without an object that would be empty; that one stays if
   * there is another of its name, which would count instead.
   */
  byte[] without() {
    if (entry.isEmpty()) {
      return bytes(text);
    }
    boolean only = json.members().stream().filter(m -> m.key().equals(OBJECT)).count() == 1;
    return bytes(
        only && object.orElseThrow().members().size() == 1
            ? remove(json.members(), object.get())
            : remove(object.get().members(), entry.get()));
  }

  private String remove(List<Member> members, Member gone) {
    int index = members.indexOf(gone);
    if (index + 1 < members.size()) {
      return replace(gone.keyStart(), members.get(index + 1).keyStart(), "");
    }
    int start =
        index > 0 ? members.get(index - 1).end() : text.lastIndexOf('{', gone.keyStart()) + 1;
    return replace(start, gone.end(), "");
  }

  private String replace(int start, int end, String with) {
    return text.substring(0, start) + with + text.substring(end);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
