package dev.devca.truststore;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The lists of profiles of Mozilla's programs. */
public final class ProfilesIniFuzz {
  private static final Path FOLDER = Path.of("/home/dev/.mozilla/firefox");

  private ProfilesIniFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    for (Path profile : ProfilesIni.profiles(FOLDER, new String(data, StandardCharsets.UTF_8))) {
      if (!profile.isAbsolute() || !profile.equals(profile.normalize())) {
        throw new AssertionError("a profile without a place: " + profile);
      }
    }
  }
}
