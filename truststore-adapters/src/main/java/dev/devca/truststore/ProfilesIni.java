package dev.devca.truststore;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list of profiles that programs of Mozilla's family keep: {@code profiles.ini}. Read as they
 * read it: a section {@code [ProfileN]} for each profile, {@code Path} relative to the folder of
 * the file if {@code IsRelative} is 1, else absolute. Whatever else is in the file says nothing to
 * us.
 */
final class ProfilesIni {
  private static final Pattern SECTION = Pattern.compile("\\[(.*)]");
  private static final Pattern PROFILE = Pattern.compile("Profile\\d+");

  private ProfilesIni() {}

  /** The folders of the profiles, perhaps not there, in the order of the file. */
  static List<Path> profiles(Path folder, String text) {
    List<Path> profiles = new ArrayList<>();
    Map<String, String> section = new HashMap<>();
    boolean isProfile = false;
    for (String line : (withoutMark(text) + "\n[]").split("\r\n|\n|\r", -1)) {
      String content = line.strip();
      Matcher header = SECTION.matcher(content);
      if (header.matches()) {
        if (isProfile) {
          folderOf(section, folder).ifPresent(profiles::add);
        }
        section.clear();
        isProfile = PROFILE.matcher(header.group(1)).matches();
      } else if (!content.isEmpty() && "#;".indexOf(content.charAt(0)) < 0) {
        int equals = content.indexOf('=');
        if (equals > 0) {
          section.put(content.substring(0, equals).strip(), content.substring(equals + 1).strip());
        }
      }
    }
    return profiles.stream().distinct().toList();
  }

  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static Optional<Path> folderOf(Map<String, String> section, Path folder) {
    String path = section.getOrDefault("Path", "");
    boolean relative = section.getOrDefault("IsRelative", "0").equals("1");
    try {
      Path profile = folder.getFileSystem().getPath(path);
      if (path.isEmpty() || profile.isAbsolute() == relative) {
        return Optional.empty();
      }
      return Optional.of(folder.resolve(profile).normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
