package org.continuo.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes the script with which a shell completes commands, options and ids of plugins. */
@Command(
    name = "completion",
    description = {
      "Print a completion script for bash and zsh;",
      "try it with: source <(./continuo completion)"
    })
final class CompletionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CommandSpec root = spec.root();
    spec.commandLine().getOut().println(AutoComplete.bash(root.name(), root.commandLine()));
  }
}
