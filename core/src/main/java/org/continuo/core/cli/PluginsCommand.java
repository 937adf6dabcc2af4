package org.continuo.core.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.config.OptionDescription;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.plugin.DropIn;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.plugin.PluginRegistry.Entry;
import org.continuo.core.terminal.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says which plugins there are and what their options are. */
@Command(
    name = "plugins",
    description = "List the plugins, or describe one.",
    synopsisSubcommandLabel = "[COMMAND]")
final class PluginsCommand implements Runnable {
  /** The name under which the blocks of an experiment file are described. */
  private static final String EXPERIMENT = "experiment";

  private final Supplier<PluginRegistry> plugins;
  @Spec private CommandSpec spec;

  PluginsCommand(Supplier<PluginRegistry> plugins) {
    this.plugins = plugins;
  }

  @Override
  public void run() {
    list();
  }

  @Command(name = "list", description = "List the plugins by kind and id.")
  void list() {
    PluginRegistry registry = plugins.get();
    PrintWriter out = spec.commandLine().getOut();
    parts(registry).plain().forEach(out::println);
    if (!registry.dropIns().isEmpty()) {
      out.println();
      folders(registry).plain().forEach(out::println);
    }
    // what is wrong with folders stands in their table
    registry.problems().stream()
        .filter(
            problem ->
                registry.dropIns().stream()
                    .noneMatch(f -> f.problem().equals(Optional.of(problem))))
        .forEach(spec.commandLine().getErr()::println);
  }

  private static TextTable parts(PluginRegistry registry) {
    TextTable table =
        new TextTable("KIND", "ID", "DEFAULT", "VERSION", "MODULE", "NEEDS", "OFFERS", "SUMMARY");
    for (Entry entry : registry.entries()) {
      boolean preferred = registry.preferred(entry.kind()).filter(entry::equals).isPresent();
      Optional<Abilities> abilities = Abilities.of(entry, registry);
      table.row(
          entry.kind().name(),
          entry.id(),
          preferred ? "yes" : "",
          entry.version(),
          entry.module(),
          abilities.map(Abilities::needs).orElse("?"),
          abilities.map(Abilities::offers).orElse("?"),
          entry.summary());
    }
    return table;
  }

  private static TextTable folders(PluginRegistry registry) {
    TextTable table = new TextTable("FOLDER", "STATE", "VERSION", "NEEDS", "GIVES");
    for (DropIn folder : registry.dropIns()) {
      table.row(
          folder.folder().toString(),
          folder.state().name().toLowerCase(Locale.ROOT),
          folder.version(),
          String.join(", ", folder.needs()),
          outcome(folder, registry));
    }
    return table;
  }

  private static String outcome(DropIn folder, PluginRegistry registry) {
    return switch (folder.state()) {
      case FAILED -> folder.why();
      case DISABLED -> "nothing until " + folder.folder().resolve(DropIn.SWITCH) + " is deleted";
      case ACTIVE ->
          Stream.concat(
                  registry.entries().stream()
                      .filter(entry -> entry.folder().equals(Optional.of(folder.folder())))
                      .map(Entry::toString),
                  folder.notes().stream())
              .collect(Collectors.joining("; "));
    };
  }

  @Command(name = "describe", description = "Describe a plugin and its options.")
  void describe(
      @Parameters(
              paramLabel = "ID",
              description =
                  "Id of a plugin, or '" + EXPERIMENT + "' for the blocks of an experiment file.")
          String id,
      @Option(names = "--markdown", description = "Write Markdown.") boolean markdown) {
    PluginRegistry registry = plugins.get();
    DescriptionForm form = markdown ? DescriptionForm.MARKDOWN : DescriptionForm.TEXT;
    PrintWriter out = spec.commandLine().getOut();
    if (id.equals(EXPERIMENT)) {
      form.options(OptionDescription.of(Experiment.class, registry)).forEach(out::println);
      return;
    }
    List<Entry> found = registry.entries().stream().filter(e -> e.id().equals(id)).toList();
    if (found.isEmpty()) {
      List<String> ids = registry.entries().stream().map(Entry::id).distinct().sorted().toList();
      throw InvalidInput.unknown("plugin", id, ids);
    }
    boolean first = true;
    for (Entry entry : found) {
      if (!first) {
        out.println();
      }
      form.plugin(entry, registry).forEach(out::println);
      first = false;
    }
  }
}
