package dev.devca.truststore;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** Whether the machine has a browser that keeps its own database of NSS, run or never run. */
final class NssPrograms {
  /** Those that make a profile when they first start. Thunderbird is on many desktops unused. */
  static final List<String> WITH_PROFILES = List.of("Firefox", "LibreWolf", "Waterfox", "Zen");

  /** A name is looked up like a command, a path is looked at. */
  private static final Map<String, List<String>> PROGRAMS =
      Map.of(
          "Firefox",
          List.of(
              "firefox",
              "firefox-esr",
              "/opt/firefox/firefox",
              "/snap/bin/firefox",
              "/var/lib/flatpak/exports/bin/org.mozilla.firefox",
              "~/.local/share/flatpak/exports/bin/org.mozilla.firefox"),
          "LibreWolf",
          List.of("librewolf", "/var/lib/flatpak/exports/bin/io.gitlab.librewolf-community"),
          "Waterfox",
          List.of("waterfox", "/var/lib/flatpak/exports/bin/net.waterfox.waterfox"),
          "Zen",
          List.of("zen-browser", "/var/lib/flatpak/exports/bin/app.zen_browser.zen"),
          NssDatabases.CHROMIUM,
          List.of(
              "chromium",
              "/usr/lib/chromium/chromium",
              "/usr/lib64/chromium-browser/chromium-browser",
              "google-chrome",
              "google-chrome-stable",
              "google-chrome-beta",
              "google-chrome-unstable",
              "/opt/google/chrome/chrome",
              "brave-browser",
              "/opt/brave.com/brave/brave",
              "microsoft-edge",
              "microsoft-edge-stable",
              "/opt/microsoft/msedge/msedge",
              "vivaldi",
              "vivaldi-stable",
              "/opt/vivaldi/vivaldi",
              "opera"));

  private NssPrograms() {}

  /** Whether one of the programs of an application is there. */
  static boolean has(Host host, String application) {
    return PROGRAMS.getOrDefault(application, List.of()).stream()
        .anyMatch(program -> isThere(host, program));
  }

  private static boolean isThere(Host host, String program) {
    if (program.startsWith("~/")) {
      return host.home()
          .map(home -> home.resolve(program.substring(2)))
          .filter(Files::exists)
          .isPresent();
    }
    return program.startsWith("/")
        ? Files.exists(host.path(program))
        // A snap sees a home of its own, not the one that we would make something in.
        : host.program(program).filter(file -> !file.startsWith("/snap")).isPresent();
  }
}
