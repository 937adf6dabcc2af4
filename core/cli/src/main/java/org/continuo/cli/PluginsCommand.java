package org.continuo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.plugin.DropIn;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.plugin.PluginRegistry.Entry;
import org.continuo.core.text.TextTable;
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
  private final Supplier<PluginRegistry> plugins;
  @Spec private CommandSpec spec;

  PluginsCommand(Supplier<PluginRegistry> plugins) {
    this.plugins = plugins;
  }

  @Override
  public void run() {
    list(plugins.get());
  }

  @Command(
      name = "list",
      description = "List the plugins by kind and id, and what became of the plugin folders.")
  void list(
      @Option(names = "--markdown", description = "Write Markdown: ids, summaries and sources.")
          boolean markdown,
      @Option(
              names = "--into",
              paramLabel = "FILE",
              description =
                  "Write it into this file, between the lines '<!-- plugins: begin -->' and"
                      + " '<!-- plugins: end -->'; with --markdown.")
          Optional<Path> file)
      throws IOException {
    if (markdown && file.isPresent()) {
      new MarkedText(file.get(), "plugins").replace(summaries(plugins.get()));
    } else if (markdown) {
      summaries(plugins.get()).forEach(spec.commandLine().getOut()::println);
    } else if (file.isPresent()) {
      throw new InvalidInput("--into: found it without --markdown, expected both; add --markdown");
    } else {
      list(plugins.get());
    }
  }

  private static List<String> summaries(PluginRegistry registry) {
    TextTable table = new TextTable("kind", "id", "is", "source");
    for (Entry entry : registry.entries()) {
      table.row(
          entry.kind().name(),
          "`" + entry.id() + "`" + (isPreferred(entry, registry) ? " (default)" : ""),
          entry.summary(),
          entry.plugin().source());
    }
    return table.markdown();
  }

  private static boolean isPreferred(Entry entry, PluginRegistry registry) {
    return registry.preferred(entry.kind()).filter(entry::equals).isPresent();
  }

  private void list(PluginRegistry registry) {
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
        new TextTable("KIND", "ID", "DEFAULT", "VERSION", "MODULE", "SUMMARY", "NEEDS", "OFFERS");
    for (Entry entry : registry.entries()) {
      Optional<Abilities> abilities = Abilities.of(entry, registry);
      table.row(
          entry.kind().name(),
          entry.id(),
          isPreferred(entry, registry) ? "yes" : "",
          entry.version(),
          entry.module(),
          entry.summary(),
          abilities.map(Abilities::needs).orElse("?"),
          abilities.map(Abilities::offers).orElse("?"));
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

  @Command(name = "describe", description = "Describe a plugin and its options, or all.")
  void describe(
      @Parameters(
              paramLabel = "ID",
              arity = "0..1",
              completionCandidates = PluginIds.class,
              description =
                  "Id of a plugin; 'experiment' or 'suite' for the blocks of such a file.")
          Optional<String> id,
      @Option(names = "--all", description = "Describe the blocks of files and every plugin.")
          boolean all,
      @Option(names = "--markdown", description = "Write Markdown.") boolean markdown) {
    if (id.isPresent() == all) {
      throw new InvalidInput(
          "plugins describe: found %s, expected one of ID and --all; give the id of a plugin, or --all"
              .formatted(all ? "both" : "neither"));
    }
    PluginRegistry registry = plugins.get();
    DescriptionForm form = markdown ? DescriptionForm.MARKDOWN : DescriptionForm.TEXT;
    List<List<String>> parts = new ArrayList<>();
    Arrays.stream(FileBlock.values())
        .filter(block -> all || id.equals(Optional.of(block.id())))
        .forEach(block -> parts.add(form.block(block, registry)));
    registry.entries().stream()
        .filter(entry -> all || id.equals(Optional.of(entry.id())))
        .forEach(entry -> parts.add(form.plugin(entry, registry)));
    if (parts.isEmpty()) {
      List<String> ids =
          Stream.concat(registry.entries().stream().map(Entry::id), FileBlock.ids().stream())
              .distinct()
              .sorted()
              .toList();
      throw InvalidInput.unknown("plugin", id.orElseThrow(), ids);
    }
    spec.commandLine()
        .getOut()
        .println(
            parts.stream()
                .map(lines -> String.join(System.lineSeparator(), lines))
                .collect(Collectors.joining(System.lineSeparator().repeat(2))));
  }
}
