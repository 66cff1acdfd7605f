package dev.devca.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the application folder, and what of it is loaded where. */
class PackageIT {
  // Where the build has loggers lead.
  private static final String LOGGING = "dev/devca/cli/logging/";

  @Test
  void jar_nativeLibraries_areThoseForWindowsAndNoOthers() throws IOException {
    try (JarFile jar = new JarFile(AppFolder.jar().toFile())) {
      assertThat(jar.stream().map(Object::toString).filter(name -> name.contains("jnidispatch")))
          .containsExactlyInAnyOrder(
              "com/sun/jna/win32-x86/jnidispatch.dll",
              "com/sun/jna/win32-x86-64/jnidispatch.dll",
              "com/sun/jna/win32-aarch64/jnidispatch.dll");
      assertThat(jar.stream().map(Object::toString))
          .contains("com/sun/jna/Native.class", "dev/devca/truststore/Crypt32.class")
          .noneMatch(name -> name.matches(".*\\.(so|a|jnilib|dylib)"));
      assertThat(jar.getManifest().getMainAttributes().getValue("Enable-Native-Access"))
          .isEqualTo("ALL-UNNAMED");
    }
  }

  @Test
  void licences_areThoseOfAllThatTheJarHolds() throws IOException {
    Path folder = AppFolder.PATH;

    assertThat(folder.resolve("LICENSE")).content().contains("Apache License");
    try (Stream<Path> texts = Files.list(folder.resolve("licences"))) {
      // picocli and JSpecify publish none: theirs is the Apache License too.
      assertThat(texts.map(text -> text.getFileName().toString()))
          .contains(
              "bcpkix-jdk18on-LICENSE.md",
              "bcprov-jdk18on-LICENSE.md",
              "bcutil-jdk18on-LICENSE.md",
              "commons-io-LICENSE.txt",
              "jackson-core-LICENSE",
              "jna-AL2.0");
    }
  }

  @Test
  void install_onLinux_loadsNothingOfJna(@TempDir Path home) throws Exception {
    Path log = home.resolve("classes.log");
    // Only stores that are not there: nothing of this machine is read or changed.
    for (List<String> command :
        List.of(
            List.of("ca", "create"),
            List.of("install", "--print-commands", "--only", "node"),
            List.of("status", "--only", "windows"))) {
      ProcessBuilder builder =
          new ProcessBuilder(
              Stream.concat(
                      Stream.of(
                          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                          "-Xlog:class+load:file=" + log,
                          "-cp",
                          AppFolder.jar().toString(),
                          "dev.devca.cli.Main"),
                      command.stream())
                  .toList());
      builder.environment().clear();
      builder.environment().putAll(Map.of("HOME", home.toString(), "PATH", "/nowhere"));
      Process process = builder.redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(said).isZero();

      assertThat(Files.readString(log))
          .contains(command.get(0).equals("ca") ? "dev.devca.cli" : "truststore.WindowsProvider")
          .doesNotContain("com.sun.jna", "dev.devca.truststore.Crypt32 ");
    }
  }

  @Test
  void jar_callsOfALogger_meetOneThatSaysNothingAndHasThem() throws Exception {
    Pattern member = Pattern.compile("(?:Method|Field) " + LOGGING + "(\\w+\\.[\\w\"<>]+:\\S+)");
    Set<String> called = new TreeSet<>();
    try (JarFile jar = new JarFile(AppFolder.jar().toFile())) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        String bytes =
            new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(bytes).as(entry.getName()).doesNotContain("java/util/logging");
        if (entry.getName().startsWith(LOGGING)) {
          continue;
        }
        Pattern.compile(LOGGING + "([\\w$]+)")
            .matcher(bytes)
            .results()
            .forEach(type -> assertThat(type.group(1)).isIn("Logger", "Level"));
        if (bytes.contains(LOGGING)) {
          member
              .matcher(disassembled(entry.getName()))
              .results()
              .forEach(use -> called.add(use.group(1)));
        }
      }
    }

    Set<String> offered = members("Logger");
    offered.addAll(members("Level"));
    assertThat(called).isNotEmpty().isSubsetOf(offered);
  }

  /** As javap writes them. */
  private static Set<String> members(String name) throws Exception {
    Set<String> members = new TreeSet<>();
    URL[] path = {AppFolder.jar().toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
      Class<?> type = loader.loadClass("dev.devca.cli.logging." + name);
      for (Method method : type.getMethods()) {
        members.add(
            name
                + "."
                + method.getName()
                + ":"
                + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                    .descriptorString());
      }
      for (Field field : type.getFields()) {
        members.add(name + "." + field.getName() + ":" + field.getType().descriptorString());
      }
    }
    return members;
  }

  private static String disassembled(String entry) throws IOException {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    int code =
        ToolProvider.findFirst("javap")
            .orElseThrow()
            .run(out, out, "-c", "-p", "-cp", AppFolder.jar().toString(), className(entry));
    assertThat(code).as(text.toString()).isZero();
    return text.toString();
  }

  private static String className(String entry) {
    return entry.replace('/', '.').replaceFirst("\\.class$", "");
  }
}
