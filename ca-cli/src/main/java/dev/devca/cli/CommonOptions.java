package dev.devca.cli;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that every command has. */
record CommonOptions(boolean json, boolean quiet, boolean verbose, Optional<String> ca) {
  static final String CA = "--ca";
  static final String DEBUG = "--debug";
  private static final String JSON = "--json";
  private static final String QUIET = "--quiet";
  private static final String VERBOSE = "--verbose";

  /** A command with these options, without a line break of picocli's in its texts. */
  static CommandSpec command(String name, String header, String... examples) {
    CommandSpec spec = CommandSpec.create().name("devca " + name);
    spec.usageMessage()
        .header(header)
        .synopsisHeading("%nUsage: ")
        .optionListHeading("%nOptions:%n")
        .parameterListHeading("%n")
        .footerHeading("%nExamples:%n")
        .footer(examples)
        .sortOptions(false)
        .abbreviateSynopsis(true)
        .width(100);
    return spec;
  }

  static CommandSpec addTo(CommandSpec spec) {
    return spec.addOption(
            value(CA, "NAME", "work with the CA of this name instead of the first one"))
        .addOption(flag(QUIET, "say nothing but errors"))
        .addOption(flag(VERBOSE, "say more, such as what was looked for and not found"))
        .addOption(flag(JSON, "print the result as JSON on standard output"))
        .addOption(flag(DEBUG, "print a stack trace with an error"))
        .addOption(
            OptionSpec.builder("--help", "-h")
                .usageHelp(true)
                .description("show this help")
                .build());
  }

  static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).type(boolean.class).description(description).build();
  }

  static OptionSpec value(String name, String label, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(String.class)
        .description(description)
        .build();
  }

  static CommonOptions of(Arguments parsed) {
    return new CommonOptions(
        parsed.has(JSON), parsed.has(QUIET), parsed.has(VERBOSE), parsed.find(CA));
  }
}
