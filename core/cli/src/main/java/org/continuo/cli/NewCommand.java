package org.continuo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.continuo.api.learning.Strategy;
import org.continuo.cli.scaffold.ProjectTemplate;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.plugin.Kind;
import org.continuo.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts projects of plugin authors. */
@Command(name = "new", description = "Start a project of your own.")
final class NewCommand {
  private final Supplier<PluginRegistry> plugins;
  @Spec private CommandSpec spec;

  NewCommand(Supplier<PluginRegistry> plugins) {
    this.plugins = plugins;
  }

  @Command(
      name = "strategy",
      description = {
        "Write a project with a strategy, its plugin and its test into the new folder NAME:",
        "it builds, passes its test and runs, and is yours to change."
      })
  int strategy(
      @Parameters(
              paramLabel = "NAME",
              description = "Id of the strategy, such as my-strategy; also the folder's name.")
          String name) {
    Path target = Path.of(name).toAbsolutePath();
    ProjectTemplate template = ProjectTemplate.strategy(PluginPlaces.home().orElse(Path.of("")));
    List<String> problems = new ArrayList<>(template.problems(name, target));
    plugins
        .get()
        .find(new Kind(Strategy.Factory.class), name)
        .ifPresent(
            taken ->
                problems.add(
                    "name: found '%s', which is a strategy of %s already; choose another"
                        .formatted(name, taken.module())));
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    template
        .write(name, target)
        .forEach(file -> spec.commandLine().getOut().println(Path.of(name).resolve(file)));
    spec.commandLine()
        .getOut()
        .printf(
            "%nNext: cd %s && ./mvnw -q package, then copy target/plugin into a folder of plugins.%n",
            name);
    return ExitStatus.DONE;
  }
}
