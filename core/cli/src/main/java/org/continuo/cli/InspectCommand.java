package org.continuo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Site;
import org.continuo.core.config.DefaultOptions;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.plugin.Kind;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.plugin.PluginRegistry.Entry;
import org.continuo.core.run.Inspection;
import org.continuo.core.text.TextTable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a checkpoint holds, or what it computes for a few sentences. */
@Command(
    name = "inspect",
    description = "Show a checkpoint: architecture, parameters, sites, tokenizer.")
final class InspectCommand implements Callable<Integer> {
  private final Supplier<PluginRegistry> plugins;

  @Parameters(
      paramLabel = "CHECKPOINT",
      description = "A Hugging Face folder, or HUB:NAME such as embedded:minilm.")
  private String checkpoint;

  @Option(
      names = "--backbone",
      paramLabel = "TYPE",
      description = "The backbone plugin that reads it; the preferred one if left out.")
  private Optional<String> type;

  @ArgGroup(exclusive = false)
  private Computation computation;

  @Spec private CommandSpec spec;

  InspectCommand(Supplier<PluginRegistry> plugins) {
    this.plugins = plugins;
  }

  /** Sentences in, arrays out. */
  static final class Computation {
    @Option(
        names = "--sentences",
        required = true,
        paramLabel = "FILE.json",
        description =
            "Compute for these: a JSON array of strings, or an object with 'sentences';"
                + " special tokens written in them are themselves.")
    private Path sentences;

    @Option(
        names = "--out",
        required = true,
        paramLabel = "FILE.safetensors",
        description = "Where ids, masks, hidden states and logits go.")
    private Path out;
  }

  @Override
  public Integer call() throws IOException {
    PluginRegistry registry = plugins.get();
    Entry entry = entry(registry);
    Record options = DefaultOptions.with(Map.of("checkpoint", checkpoint), entry, registry);
    PrintWriter out = spec.commandLine().getOut();
    try (Inspection inspection = new Inspection((Backbone.Factory) entry.create(options))) {
      if (computation == null) {
        inspection.checkWeights();
        describe(inspection.backbone(), out);
      } else {
        inspection.write(Inspection.sentences(computation.sentences), computation.out);
        out.println(computation.out);
      }
    }
    return ExitStatus.DONE;
  }

  private Entry entry(PluginRegistry registry) {
    Kind kind = new Kind(Backbone.Factory.class);
    Optional<Entry> found =
        type.isPresent() ? registry.find(kind, type.get()) : registry.preferred(kind);
    return found.orElseThrow(
        () ->
            new InvalidInput(
                "backbone: found %s, available: %s; name one with --backbone"
                    .formatted(
                        type.map(name -> "'" + name + "'").orElse("no preferred one"),
                        registry.entries(kind).stream().map(Entry::id).toList())));
  }

  private static void describe(Backbone backbone, PrintWriter out) {
    Backbone.Description is = backbone.description();
    TextTable facts = new TextTable("CHECKPOINT", is.source());
    facts.row("architecture", is.architecture());
    facts.row("parameters", String.format(Locale.ROOT, "%,d", is.parameters()));
    facts.row("stored as", is.storedAs());
    facts.row("layers", String.valueOf(is.layers()));
    facts.row("width", String.valueOf(is.width()));
    facts.row("longest input", is.maximumLength() + " tokens");
    facts.row("vocabulary", String.format(Locale.ROOT, "%,d", is.vocabulary()));
    facts.row("tokenizer", backbone.tokenizer().describe());
    facts.row("language model", backbone.languageModel().isPresent() ? "yes" : "no");
    facts.row(
        "summary read at",
        switch (backbone.summary()) {
          case FIRST -> "first token";
          case LAST -> "last token";
          case MEAN -> "every token, averaged";
        });
    facts.row("sha256", is.sha256());
    is.origin().ifPresent(origin -> facts.row("published as", origin.published()));
    is.origin().ifPresent(origin -> facts.row("licence", origin.licence()));
    facts.plain().forEach(out::println);
    out.println();
    TextTable sites = new TextTable("SITE", "KIND", "LAYERS", "IN", "OUT");
    grouped(backbone.sites())
        .forEach(
            (name, group) ->
                sites.row(
                    name,
                    group.get(0).kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    String.valueOf(group.size()),
                    String.valueOf(group.get(0).in()),
                    String.valueOf(group.get(0).out())));
    sites.plain().forEach(out::println);
    out.flush();
  }

  /** Sites that differ in their layer alone. */
  private static Map<String, List<Site>> grouped(List<Site> sites) {
    Map<String, List<Site>> groups = new LinkedHashMap<>();
    for (Site site : sites) {
      String name = site.name().replaceFirst("^layers\\.\\d+", "layers.N");
      groups.computeIfAbsent(name, n -> new ArrayList<>()).add(site);
    }
    return groups;
  }
}
