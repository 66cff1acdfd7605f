package dev.devca.cli;

import picocli.CommandLine.Model.CommandSpec;

/** Makes the {@link ClassArchive} and nothing else: for packaging, and for installers. */
final class ArchiveCommand implements Command {
  static final String NAME = "archive";

  @Override
  public CommandSpec spec() {
    return CommonOptions.addTo(CommonOptions.command(NAME, "For devca itself."));
  }

  @Override
  public int run(Arguments parsed, Session session) {
    ClassArchive.begin().ifPresent(ArchiveMaking::close);
    return ExitCode.DONE;
  }
}
