package dev.devca.cli;

import dev.devca.truststore.OperatingSystem;
import dev.devca.truststore.Plan;
import dev.devca.truststore.Rights;
import dev.devca.truststore.Step;
import dev.devca.truststore.TrustResult;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A plan for a person: commands that can be pasted into a POSIX shell, and comments for what no
 * command does.
 */
final class PlanText {
  private static final String END = "END";
  // A bundle of the system's roots has thousands.
  private static final int MOST_LINES = 100;

  private final Session session;
  private final Path root;
  private final UnaryOperator<String> words;
  private final boolean posix;

  /**
   * A plan to be printed.
   *
   * @param root the file with the root
   * @param words what to do with each text before it is shown
   */
  PlanText(Session session, Path root, UnaryOperator<String> words) {
    this.session = session;
    this.root = root;
    this.words = words;
    this.posix = session.host().os() != OperatingSystem.WINDOWS;
  }

  void comment(String text) {
    show("# " + text);
  }

  private void show(String line) {
    words.apply(line).lines().forEach(session.console()::show);
  }

  /** What would be done to a store; of one that is not there nothing, unless more was asked for. */
  void store(Plan plan) {
    TrustResult result = plan.outcome().result();
    if (Report.isPassedOver(session, result)) {
      return;
    }
    session.console().show("");
    String name = plan.outcome().displayName();
    boolean asRoot = plan.rights() == Rights.ROOT;
    if (!plan.steps().isEmpty()) {
      comment(name + (asRoot ? ", with root's rights:" : ":"));
      plan.steps().forEach(step -> step(step, asRoot && posix ? "sudo " : ""));
      return;
    }
    comment(name + ": " + state(result));
    String remedy = Report.remedy(result);
    if (!remedy.isEmpty()) {
      comment("  Try: " + remedy);
    }
  }

  private static String state(TrustResult result) {
    if (result instanceof TrustResult.Trusted trusted) {
      return trusted.changed() ? "nothing, " + trusted.hint() : "already trusted";
    }
    return Report.words(result);
  }

  private void step(Step step, String sudo) {
    if (step instanceof Step.Run run) {
      if (!run.feeds().isEmpty()) {
        comment("gives the root to " + sorted(run));
      }
      show(sudo + command(run.arguments()) + (run.input().isEmpty() ? "" : input()));
    } else if (step instanceof Step.MakeFolder make) {
      folder(sudo, make.folder());
    } else if (step instanceof Step.Write write) {
      write(write, sudo);
    } else if (step instanceof Step.Edit edit) {
      comment(edit.file() + ", at line " + edit.line() + ":");
      lines("  - ", edit.removed());
      lines("  + ", edit.added());
    } else if (step instanceof Step.Replace replace) {
      comment(replace.file() + " " + replace.what() + "; by hand that is:");
      comment(sudo + command(replace.byHand()) + input());
    } else if (step instanceof Step.Remove remove) {
      show(posix ? sudo + "rm " + word(remove.file()) : "# removes " + remove.file());
    } else if (step instanceof Step.Words other) {
      lines("", other.lines());
    }
  }

  private static String sorted(Step.Run run) {
    return run.feeds().stream().map(Path::toString).sorted().collect(Collectors.joining(", "));
  }

  private void folder(String sudo, Path folder) {
    show(posix ? sudo + "mkdir -p " + word(folder) : "# makes the folder " + folder);
  }

  private void write(Step.Write write, String sudo) {
    if (posix && write.lines().size() <= MOST_LINES && !write.lines().contains(END)) {
      show(sudo + "tee " + word(write.file()) + " > /dev/null << '" + END + "'");
      // Together, since a certificate is several lines.
      show(String.join("\n", write.lines()));
      show(END);
    } else {
      comment(write.file() + " is made:");
      lines("  + ", write.lines());
    }
  }

  private void lines(String sign, List<String> lines) {
    if (lines.size() > MOST_LINES) {
      comment(sign + lines.size() + " lines, which --json shows");
    } else {
      words
          .apply(String.join("\n", lines))
          .lines()
          .forEach(line -> session.console().show("# " + sign + line));
    }
  }

  /** The link that lets a person type the program's name. */
  void link(LauncherLink link) {
    session.console().show("");
    comment("The command devca:");
    if (link.folderIsMissing()) {
      folder("", link.folder());
    }
    show("ln -sf " + word(link.launcher()) + " " + word(link.link()));
  }

  private String input() {
    return " < " + word(root);
  }

  private String command(List<String> arguments) {
    return arguments.stream().map(this::word).collect(Collectors.joining(" "));
  }

  private String word(Object text) {
    return posix ? Shell.quote(text.toString()) : Shell.quoteForCmd(text.toString());
  }
}
