package dev.devca.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines that make a server present the files just written: each as that server's configuration
 * wants it, with nothing left to fill in.
 */
enum Recipe {
  NGINX("nginx"),
  APACHE("apache"),
  CADDY("caddy"),
  HAPROXY("haproxy"),
  SPRING_BOOT("spring-boot"),
  TOMCAT("tomcat"),
  NODE("node");

  private final String id;

  Recipe(String id) {
    this.id = id;
  }

  static List<String> ids() {
    List<String> ids = new ArrayList<>();
    for (Recipe recipe : values()) {
      ids.add(recipe.id);
    }
    return ids;
  }

  static Recipe named(String id) {
    for (Recipe recipe : values()) {
      if (recipe.id.equals(id)) {
        return recipe;
      }
    }
    throw OutputFiles.wrong("--for knows " + String.join(", ", ids()) + ", and not '" + id + "'");
  }

  /** Whether its certificate and key stand in one file. */
  boolean isCombined() {
    return this == HAPROXY;
  }

  /**
   * The lines.
   *
   * @throws UsageException if this server cannot be given these files
   */
  List<String> lines(RecipeFiles files) {
    return switch (this) {
      case NGINX ->
          List.of(
              "ssl_certificate     " + nginx(files.chain(id)) + ";",
              "ssl_certificate_key " + nginx(files.key(id)) + ";");
      case APACHE ->
          List.of(
              "SSLEngine on",
              "SSLCertificateFile " + apache(files.chain(id)),
              "SSLCertificateKeyFile " + apache(files.key(id)));
      case CADDY -> List.of("tls " + caddy(files.chain(id)) + " " + caddy(files.key(id)));
      case HAPROXY -> List.of("bind :443 ssl crt " + haproxy(files.combined(id)));
      case SPRING_BOOT -> springBoot(files);
      case TOMCAT -> tomcat(files);
      case NODE -> node(files);
    };
  }

  private static List<String> springBoot(RecipeFiles files) {
    if (files.hasPair()) {
      return List.of(
          "server.ssl.certificate=" + uri(files.chain(SPRING_BOOT.id)),
          "server.ssl.certificate-private-key=" + uri(files.key(SPRING_BOOT.id)));
    }
    return List.of(
        "server.ssl.key-store=" + uri(files.keyStore(SPRING_BOOT.id)),
        "server.ssl.key-store-type=" + files.keyStoreType(),
        "server.ssl.key-store-password=${" + files.passwordVariable(SPRING_BOOT.id) + "}");
  }

  private static List<String> tomcat(RecipeFiles files) {
    return List.of(
        "<Connector port=\"8443\" SSLEnabled=\"true\" scheme=\"https\" secure=\"true\">",
        "  <SSLHostConfig>",
        "    <Certificate certificateFile=" + xml(files.chain(TOMCAT.id)),
        "                 certificateKeyFile=" + xml(files.key(TOMCAT.id)) + " />",
        "  </SSLHostConfig>",
        "</Connector>");
  }

  private static List<String> node(RecipeFiles files) {
    List<String> lines = new ArrayList<>(List.of("const tls = {"));
    if (files.hasPair()) {
      lines.add("  cert: require(\"fs\").readFileSync(" + script(files.chain(NODE.id)) + "),");
      lines.add("  key: require(\"fs\").readFileSync(" + script(files.key(NODE.id)) + "),");
    } else {
      lines.add("  pfx: require(\"fs\").readFileSync(" + script(files.pkcs12(NODE.id)) + "),");
      lines.add("  passphrase: process.env." + files.passwordVariable(NODE.id) + ",");
    }
    lines.add("};");
    lines.add("require(\"https\")");
    lines.add("  .createServer(tls, (request, response) => response.end(\"devca\\n\"))");
    lines.add("  .listen(8443);");
    return lines;
  }

  private static String nginx(Path file) {
    // Since 1.15.9 a variable may stand there, and nothing makes a $ plain.
    return Nginx.quote(without(file, "$", NGINX));
  }

  private static String apache(Path file) {
    return '"' + escaped(without(file, "${", APACHE)) + '"';
  }

  private static String caddy(Path file) {
    String text = "" + without(without(file, "{", CADDY), "`", CADDY);
    // Between backquotes nothing is special.
    return isPlain(text) ? text : "`" + text + "`";
  }

  private static String haproxy(Path file) {
    String text = "" + without(file, "'", HAPROXY);
    return isPlain(text) ? text : "'" + text + "'";
  }

  private static String script(Path file) {
    return '"' + escaped(file) + '"';
  }

  private static String xml(Path file) {
    String text =
        without(file, "${", TOMCAT)
            .toString()
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace("\"", "&quot;");
    return '"' + text + '"';
  }

  /** Percent-encoded: a properties file is ISO 8859-1, and ${ in it a placeholder. */
  private static String uri(Path file) {
    return "file:" + file.toUri().toASCIIString().substring("file://".length());
  }

  private static String escaped(Path file) {
    return file.toString().replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static boolean isPlain(String text) {
    return text.chars().allMatch(c -> Character.isLetterOrDigit(c) || "/._-+@=,:".indexOf(c) >= 0);
  }

  private static Path without(Path file, String special, Recipe recipe) {
    if (file.toString().contains(special)) {
      throw OutputFiles.wrong(
          recipe.id + " cannot be told of a file with " + special + " in its path");
    }
    return file;
  }
}
