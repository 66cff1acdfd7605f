package dev.devca.truststore;

import dev.devca.ca.CaException;
import dev.devca.ca.files.Reasons;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Why a database of NSS could not be read or changed, and what mends it. NSS has one code for a
 * damaged, a locked and a forbidden file, so the files are looked at.
 *
 * @param reason a few words
 * @param remedy the one command or step
 */
record NssTrouble(String reason, String remedy) {
  // What it says of a database that is whole: one that is locked, or locked for writing.
  private static final List<String> LOCKED =
      List.of("SEC_ERROR_BAD_DATABASE", "SEC_ERROR_PKCS11_GENERAL_ERROR");
  private static final int HEADER = 32;

  /**
   * Finds out why.
   *
   * @param again the command that does it all once more
   */
  static NssTrouble of(Host host, NssDatabase database, IOException failure, String again) {
    String said = Reasons.of(failure);
    if (failure instanceof CaException e) {
      return new NssTrouble(said, e.remedy());
    }
    return forbidden(host, database)
        .or(() -> damaged(database))
        .orElseGet(
            () ->
                LOCKED.stream().anyMatch(said::contains)
                    ? new NssTrouble(
                        "another program is using it (" + said + ")",
                        "close " + database.application() + ", then run: " + again)
                    : new NssTrouble(said, "mend that, then run: " + again));
  }

  private static Optional<NssTrouble> forbidden(Host host, NssDatabase database) {
    Path folder = database.folder();
    return List.of(folder, database.certificates(), database.keys()).stream()
        .filter(path -> !Files.isReadable(path) || !Files.isWritable(path))
        .filter(path -> !Files.notExists(path))
        .findFirst()
        .map(
            path ->
                new NssTrouble(
                    "you may not "
                        + (Files.isReadable(path) ? "write to " : "read ")
                        + (path.equals(folder) ? "it" : its(path)),
                    FileRights.remedy(host, path, folder)));
  }

  private static Optional<NssTrouble> damaged(NssDatabase database) {
    for (Path file : List.of(database.certificates(), database.keys())) {
      if (Files.notExists(file)) {
        return Optional.of(
            new NssTrouble(
                its(file) + " is missing", NssProvider.startOnce(database.application())));
      }
      if (!isWhole(file)) {
        String quoted = ShellLines.quote(file.toString());
        return Optional.of(
            new NssTrouble(
                its(file) + " is damaged",
                "close "
                    + database.application()
                    + ", run: mv "
                    + quoted
                    + " "
                    + ShellLines.quote(file + ".damaged")
                    + ", "
                    + NssProvider.startOnce(database.application())));
      }
    }
    return Optional.empty();
  }

  private static String its(Path file) {
    return "its " + file.getFileName();
  }

  /** Whether a file begins as SQLite's do, and has all pages that it says it has. */
  private static boolean isWhole(Path file) {
    // https://www.sqlite.org/fileformat2.html: the page size at 16, the number of pages at 28.
    try (InputStream in = Files.newInputStream(file)) {
      ByteBuffer header = ByteBuffer.wrap(Arrays.copyOf(in.readNBytes(HEADER), HEADER));
      String magic = new String(header.array(), 0, 16, StandardCharsets.ISO_8859_1);
      int pageSize = Short.toUnsignedInt(header.getShort(16));
      long pages = Integer.toUnsignedLong(header.getInt(28));
      return magic.equals("SQLite format 3\0")
          && Files.size(file) >= pages * (pageSize == 1 ? 65536 : pageSize);
    } catch (IOException e) {
      return true;
    }
  }
}
