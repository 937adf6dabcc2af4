package org.continuo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.continuo.core.config.OptionDescription;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.plugin.PluginRegistry.Entry;
import org.continuo.core.text.TextTable;

/** How the description of a plugin is laid out. */
enum DescriptionForm {
  TEXT,
  MARKDOWN;

  List<String> plugin(Entry entry, PluginRegistry registry) {
    List<String> lines = new ArrayList<>();
    lines.add((this == MARKDOWN ? "## " : "") + entry.kind().name() + " " + entry.id());
    space(lines);
    lines.add(entry.summary());
    space(lines);
    if (!entry.plugin().source().isEmpty()) {
      fact(lines, "source", entry.plugin().source());
    }
    fact(lines, "module", entry.module() + " " + entry.version());
    entry.folder().ifPresent(folder -> fact(lines, "folder", folder.toString()));
    Optional<Abilities> abilities = Abilities.of(entry, registry);
    if (abilities.isPresent()) {
      fact(lines, "needs", orNothing(abilities.get().needs()));
      fact(lines, "offers", orNothing(abilities.get().offers()));
    } else {
      fact(lines, "needs and offers", "not known without options");
    }
    lines.add("");
    lines.addAll(options(OptionDescription.of(entry.plugin().options(), registry)));
    return lines;
  }

  List<String> block(FileBlock block, PluginRegistry registry) {
    List<String> lines = new ArrayList<>();
    lines.add((this == MARKDOWN ? "## " : "") + block.id());
    space(lines);
    lines.add(block.summary());
    lines.add("");
    lines.addAll(options(OptionDescription.of(block.options(), registry)));
    return lines;
  }

  /** A table of options, those of nested blocks by their path. */
  private List<String> options(List<OptionDescription> options) {
    if (options.isEmpty()) {
      return List.of("no options");
    }
    TextTable rows = new TextTable("OPTION", "TYPE", "DEFAULT", "ALLOWED", "UNIT", "MEANING");
    rows(options, "", rows);
    List<String> lines = new ArrayList<>();
    if (this == MARKDOWN) {
      lines.addAll(List.of("### Options", ""));
    }
    lines.addAll(this == MARKDOWN ? rows.markdown() : rows.plain());
    return lines;
  }

  private static void rows(List<OptionDescription> options, String prefix, TextTable rows) {
    for (OptionDescription option : options) {
      rows.row(
          prefix + option.name(),
          option.type(),
          option.initial().orElse("must be set"),
          option.choices().isEmpty() ? option.range() : String.join(", ", option.choices()),
          option.unit(),
          option.doc());
      rows(option.nested(), prefix + option.name() + ".", rows);
    }
  }

  private void fact(List<String> lines, String name, String value) {
    lines.add((this == MARKDOWN ? "- " : "") + name + ": " + value);
  }

  /** Markdown needs an empty line between a heading, a paragraph and a list. */
  private void space(List<String> lines) {
    if (this == MARKDOWN) {
      lines.add("");
    }
  }

  private static String orNothing(String names) {
    return names.isEmpty() ? "nothing" : names;
  }
}
