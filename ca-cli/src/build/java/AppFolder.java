import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Makes the application folder; the build runs it as {@code java AppFolder.java JAR PICOCLI-SOURCES
 * LAUNCHERS FOLDER TIME LICENCES LICENCE [MODULES]}.
 *
 * <p>The jar's file name carries a hash of its content, and the launchers name it: whatever a JVM
 * keeps under that name was made of these classes. picocli is published for Java 5, whose classes
 * no JVM archives, so it is compiled anew.
 */
public final class AppFolder {
  private static final int HASH_BYTES = 8;
  private static final String REDUCED = "org.bouncycastle.";
  private static final String PLACE_OF_HASH = "@JAR_HASH@";

  private AppFolder() {}

  /**
   * Makes the folder.
   *
   * @param args the shaded jar, picocli's sources, the folder of the launchers, the application
   *     folder, the moment that the jar bears, the licence texts of what is in it by artifact,
   *     devca's own, and perhaps the modules of a Java of its own
   * @throws Exception if it cannot be made; the build fails
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[3]);
    deleteTree(folder);
    Path lib = Files.createDirectories(folder.resolve("lib"));
    Path bin = Files.createDirectories(folder.resolve("bin"));
    FileTime time = FileTime.from(Instant.parse(args[4]));

    Map<String, byte[]> entries = new TreeMap<>(read(Path.of(args[0])));
    entries.putAll(compile(Path.of(args[1])));
    removeUnreached(entries, Path.of(args[0]));
    byte[] jar = zip(entries, time);
    String hash = hash(jar);
    Path file = Files.write(lib.resolve("devca-" + hash + ".jar"), jar);
    // A whole second: every file system and archive keeps it, and the launcher compares with it.
    Files.setLastModifiedTime(file, time);
    narrow(file, "rw-r--r--");

    try (Stream<Path> launchers = Files.list(Path.of(args[2]))) {
      for (Path launcher : (Iterable<Path>) launchers::iterator) {
        String text = Files.readString(launcher).replace(PLACE_OF_HASH, hash);
        narrow(Files.writeString(bin.resolve(launcher.getFileName()), text), "rwxr-xr-x");
      }
    }
    Path licences = copyLicences(Path.of(args[5]), folder.resolve("licences"));
    Files.copy(Path.of(args[6]), folder.resolve("LICENSE"));
    for (Path own : List.of(folder, lib, bin, licences)) {
      // Whatever the umask: what others may write, the launcher does not use.
      narrow(own, "rwxr-xr-x");
    }
    boolean ownJava = args.length > 7;
    if (ownJava) {
      link(folder.resolve("runtime"), args[7]);
    }
    makeArchive(bin, lib, ownJava);
    for (String option : List.of("version", "help")) {
      Path text = lib.resolve(option + ".txt");
      Files.write(text, output(file, "--" + option));
      narrow(text, "rw-r--r--");
      Files.setLastModifiedTime(text, time);
    }
  }

  /** What the program prints, which the launcher prints without it. */
  private static byte[] output(Path jar, String argument) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(java, "-cp", jar.toString(), "dev.devca.cli.Main", argument)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    byte[] printed = process.getInputStream().readAllBytes();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("devca " + argument + " ended with " + process.exitValue());
    }
    return printed;
  }

  /** Makes a Java of some modules of this JDK. */
  private static void link(Path runtime, String modules) throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("java.home"));
    boolean before21 = Runtime.version().feature() < 21;
    run(
        java.util.spi.ToolProvider.findFirst("jlink").orElseThrow(),
        "--add-modules",
        modules,
        "--strip-java-debug-attributes",
        "--no-header-files",
        "--no-man-pages",
        before21 ? "--compress=2" : "--compress=zip-6",
        "--output",
        runtime.toString());
    // By these the launcher tells one Java from another; jlink writes the version alone.
    List<String> release = Files.readAllLines(runtime.resolve("release"));
    Files.readAllLines(home.resolve("release")).stream()
        .filter(line -> line.startsWith("IMPLEMENTOR=") || line.startsWith("JAVA_RUNTIME_VERSION="))
        .forEach(line -> release.add(0, line));
    Files.write(runtime.resolve("release"), release);
    // The archive of the JDK's own classes, on which that of devca is built up to Java 24.
    new ProcessBuilder(
            runtime.resolve("bin").resolve("java").toString(), "-Xshare:dump", "-Xlog:disable")
        .inheritIO()
        .start()
        .waitFor();
  }

  /** Each text as ARTIFACT-NAME. */
  private static Path copyLicences(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (Map.Entry<String, byte[]> text : tree(from).entrySet()) {
      Path name = Path.of(text.getKey());
      String file = name.getName(0) + "-" + name.getFileName();
      narrow(Files.write(to.resolve(file), text.getValue()), "rw-r--r--");
    }
    return to;
  }

  /** Has devca make the archive of classes for this JVM, and moves it beside the jar. */
  private static void makeArchive(Path bin, Path lib, boolean ownJava)
      throws IOException, InterruptedException {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    Path launcher = bin.resolve(windows ? "devca.cmd" : "devca");
    Path cache = Files.createTempDirectory("devca-archive");
    try {
      ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "archive");
      Map<String, String> environment = builder.environment();
      environment.remove("DEVCA_JAVA");
      if (!ownJava) {
        environment.put("DEVCA_JAVA", System.getProperty("java.home"));
      }
      environment.put("XDG_CACHE_HOME", cache.toString());
      environment.put("LOCALAPPDATA", cache.toString());
      int code = builder.inheritIO().start().waitFor();
      Map<String, byte[]> made = tree(cache);
      made.keySet().removeIf(name -> !name.matches(".*\\.(aot|jsa)(\\.place)?"));
      if (code != 0 || made.isEmpty()) {
        throw new IllegalStateException("no archive of classes was made: " + made.keySet());
      }
      for (String name : made.keySet()) {
        Path file = cache.resolve(name);
        narrow(file, "rw-r--r--");
        FileTime time = Files.getLastModifiedTime(file);
        Files.setLastModifiedTime(Files.move(file, lib.resolve(file.getFileName())), time);
      }
    } finally {
      deleteTree(cache);
    }
  }

  private static Map<String, byte[]> read(Path zip) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.isDirectory()) {
          entries.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return entries;
  }

  /** The classes of a jar of sources, by their path. */
  private static Map<String, byte[]> compile(Path sources) throws IOException {
    Path classes = Files.createTempDirectory("devca-picocli");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (FileSystem zip =
            FileSystems.newFileSystem(URI.create("jar:" + sources.toUri()), Map.of());
        StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> tree = Files.walk(zip.getPath("picocli"))) {
      List<Path> units = new ArrayList<>(tree.filter(f -> f.toString().endsWith(".java")).toList());
      List<String> options =
          List.of(
              "-proc:none",
              "-Xlint:none",
              "-encoding",
              "UTF-8",
              "--release",
              "17",
              "-XDstringConcat=inline",
              "-d");
      List<String> all = new ArrayList<>(options);
      all.add(classes.toString());
      if (!compiler
          .getTask(null, files, null, all, null, files.getJavaFileObjectsFromPaths(units))
          .call()) {
        throw new IOException("picocli does not compile");
      }
      return tree(classes);
    } finally {
      deleteTree(classes);
    }
  }

  /**
   * Leaves out what nothing refers to of Bouncy Castle: a JVM opens a jar of 2,000 classes in a
   * fraction of the time for 9,000. Its providers name their classes in strings; devca uses none.
   */
  private static void removeUnreached(Map<String, byte[]> entries, Path jar) {
    Map<String, List<String>> uses = uses(jar);
    Deque<String> next = new ArrayDeque<>();
    Set<String> reached = new HashSet<>();
    uses.keySet().stream().filter(name -> !name.startsWith(REDUCED)).forEach(next::add);
    while (!next.isEmpty()) {
      String name = next.pop();
      if (reached.add(name)) {
        next.addAll(uses.getOrDefault(name, List.of()));
      }
    }
    entries
        .keySet()
        .removeIf(
            path -> {
              String name = path.replace('/', '.').replaceFirst("\\.class$", "");
              return name.startsWith(REDUCED) && !reached.contains(name);
            });
  }

  /** Each class with those that it refers to. */
  private static Map<String, List<String>> uses(Path jar) {
    String text =
        run(
            java.util.spi.ToolProvider.findFirst("jdeps").orElseThrow(),
            "-v",
            "--multi-release",
            "base",
            jar.toString());
    Map<String, List<String>> uses = new HashMap<>();
    // Lines such as "   org.a.B    -> java.lang.Object    java.base".
    for (String line : (Iterable<String>) text.lines()::iterator) {
      String[] words = line.strip().split("\\s+", -1);
      if (line.startsWith("   ") && words.length > 2 && words[1].equals("->")) {
        uses.computeIfAbsent(words[0], name -> new ArrayList<>()).add(words[2]);
      }
    }
    return uses;
  }

  private static String run(java.util.spi.ToolProvider tool, String... words) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    if (tool.run(out, out, words) != 0) {
      throw new IllegalStateException(tool.name() + ": " + said);
    }
    return said.toString();
  }

  private static Map<String, byte[]> tree(Path folder) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        entries.put(name, Files.readAllBytes(file));
      }
    }
    return entries;
  }

  private static byte[] zip(Map<String, byte[]> entries, FileTime time) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      // The manifest first, where readers look for it.
      for (String name : sorted(entries)) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(LocalDateTime.ofInstant(time.toInstant(), ZoneOffset.UTC));
        out.putNextEntry(entry);
        out.write(entries.get(name));
      }
    }
    return bytes.toByteArray();
  }

  private static List<String> sorted(Map<String, byte[]> entries) {
    return entries.keySet().stream()
        .sorted(Comparator.comparing((String name) -> !name.startsWith("META-INF/MANIFEST")))
        .toList();
  }

  private static String hash(byte[] bytes) throws GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
    return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
  }

  private static void narrow(Path path, String mode) throws IOException {
    if (Files.getFileAttributeView(path, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) tree.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(path);
      }
    }
  }
}
