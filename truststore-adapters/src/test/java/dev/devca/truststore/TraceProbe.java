package dev.devca.truststore;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.logging.Logger;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;

/**
 * A program that loads the libraries in a class loader of their own, uses them, drops them, and
 * prints what is not as it was: nothing. It runs in a JVM of its own, since some of what it looks
 * at is open to reflection only there, and a test run has threads that come and go.
 */
public final class TraceProbe {
  private static final long LIMIT_NANOS = 60_000_000_000L;

  private TraceProbe() {}

  /** {@code -Dlibrary=CLASSPATH -Dwork=FOLDER}, and the class that uses the libraries. */
  public static void main(String... arguments) throws Exception {
    PrintStream report = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream kept = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(kept);
    System.setErr(kept);

    Map<String, Object> before = state();
    Set<Thread> threads = threads();
    WeakReference<ClassLoader> loader = useLibrary(arguments[0]);
    Map<String, Object> after = state();

    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      if (!Objects.equals(before.get(name), after.get(name))) {
        report.println(name + " was " + before.get(name) + " and is " + after.get(name));
      }
    }
    Set<Thread> left = threads();
    left.removeAll(threads);
    left.forEach(thread -> report.println("a thread is left: " + thread));
    if (printed.size() > 0) {
      report.println("it printed: " + printed.toString(StandardCharsets.UTF_8));
    }
    if (!isCollected(loader)) {
      report.println("its class loader is still there");
    }
    report.println("looked");
  }

  private static WeakReference<ClassLoader> useLibrary(String use) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String path : System.getProperty("library").split(File.pathSeparator, -1)) {
      urls.add(new File(path).toURI().toURL());
    }
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Runnable library = (Runnable) loader.loadClass(use).getDeclaredConstructor().newInstance();
      if (library.getClass().getClassLoader() != loader) {
        throw new IllegalStateException("the library is not in a class loader of its own");
      }
      library.run();
      return new WeakReference<>(loader);
    }
  }

  private static boolean isCollected(WeakReference<ClassLoader> loader) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (loader.get() != null && System.nanoTime() < end) {
      System.gc();
      Thread.onSpinWait();
    }
    return loader.get() == null;
  }

  /** Live threads but for those of the JDK that wait for processes to end. */
  private static Set<Thread> threads() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(thread -> thread.getName().startsWith("process reaper"));
    return threads;
  }

  private static Map<String, Object> state() throws Exception {
    Map<String, Object> state = new HashMap<>();
    // Before the properties, one of which it sets.
    state.put("time zone", TimeZone.getDefault());
    // Before the shutdown hooks: the JDK's logging has one, which Bouncy Castle's use of it, or the
    // first log message of any tool, sets up once and for all.
    state.put("log handlers", List.of(Logger.getLogger("").getHandlers()));
    state.put("log level", Logger.getLogger("").getLevel());
    state.put("providers", List.of(Security.getProviders()));
    ((Properties) field(Security.class, "props"))
        .forEach((name, value) -> state.put("security property " + name, value));
    System.getProperties().forEach((name, value) -> state.put("system property " + name, value));
    state.put("default TLS context", SSLContext.getDefault());
    state.put("default socket factory", HttpsURLConnection.getDefaultSSLSocketFactory());
    state.put("default host name verifier", HttpsURLConnection.getDefaultHostnameVerifier());
    state.put(
        "shutdown hooks",
        Set.copyOf(
            ((IdentityHashMap<?, ?>)
                    field(Class.forName("java.lang.ApplicationShutdownHooks"), "hooks"))
                .keySet()));
    state.put("standard input", System.in);
    state.put("standard output", System.out);
    state.put("standard error", System.err);
    state.put("locale", Locale.getDefault());
    state.put("display locale", Locale.getDefault(Locale.Category.DISPLAY));
    state.put("format locale", Locale.getDefault(Locale.Category.FORMAT));
    state.put("environment", new HashMap<>(System.getenv()));
    state.put("thread", Thread.currentThread().getName());
    state.put("context class loader", Thread.currentThread().getContextClassLoader());
    state.put("interrupted", Thread.currentThread().isInterrupted());
    state.put("exception handler", orNone(Thread.getDefaultUncaughtExceptionHandler()));
    state.put("authenticator", orNone(Authenticator.getDefault()));
    state.put("cookie handler", orNone(CookieHandler.getDefault()));
    state.put("proxy selector", orNone(ProxySelector.getDefault()));
    return state;
  }

  private static Object orNone(Object value) {
    return value == null ? "none" : value;
  }

  private static Object field(Class<?> type, String name) throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(null);
  }
}
