package org.continuo.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.continuo.core.config.ExperimentSchema;
import org.continuo.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes what an editor needs to check and complete experiment files. */
@Command(
    name = "schema",
    description = {
      "Print the JSON schema of an experiment file, with the options of all plugins;",
      "continuo schema > experiment.schema.json, then tell your editor."
    })
final class SchemaCommand implements Callable<Integer> {
  private final Supplier<PluginRegistry> plugins;
  @Spec private CommandSpec spec;

  SchemaCommand(Supplier<PluginRegistry> plugins) {
    this.plugins = plugins;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    spec.commandLine()
        .getOut()
        .println(
            new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(ExperimentSchema.of(plugins.get())));
    return ExitStatus.DONE;
  }
}
