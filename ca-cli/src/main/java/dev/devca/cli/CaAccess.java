package dev.devca.cli;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The user's side of a command: the CA folder, and what lies with it in the home. */
interface CaAccess {
  /** The CA if there is one. */
  Optional<CaView> find() throws IOException;

  /**
   * The CA, made if there is none.
   *
   * @param permit what it may sign, empty for anything; a CA that is there must have these limits
   */
  CaView openOrCreate(List<String> permit) throws IOException;

  /**
   * Deletes the CA's files, and the timer of renew; answers with a sentence, or an empty string.
   */
  String delete() throws IOException;

  /** The roots that were installed and not taken out, as far as this side knows. */
  List<X509Certificate> installedRoots() throws IOException;

  /**
   * The variables by which programs find the root, with the files that they name made anew.
   *
   * @throws dev.devca.ca.CaException if there is no CA
   */
  Map<String, String> variables() throws IOException;

  /** Puts the program on the user's path; answers with a sentence, or an empty string. */
  String link() throws IOException;

  /**
   * Takes the program off the user's path, with its archive of classes; answers with a sentence, or
   * an empty string.
   */
  String unlink() throws IOException;
}
