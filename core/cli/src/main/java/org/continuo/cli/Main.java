package org.continuo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.continuo.core.plugin.PluginRegistry;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program {@code continuo}. */
@Command(
    name = "continuo",
    description = "Continual instruction tuning of language models.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:what was given is wrong: arguments, options, data",
      "130:interrupted"
    })
public final class Main implements Runnable {
  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Show where in the program an error comes from.")
  private boolean stacktrace;

  private final List<List<Path>> pluginPlaces = new ArrayList<>();

  @Spec private CommandSpec spec;

  private Main() {}

  /**
   * A field would forget what stands before the name of a command for what stands after it.
   *
   * @param places filled while arguments are read, one list for each command on the way
   */
  @Option(
      names = "--plugins",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description =
          "Use the plugin folders in this folder too, as often as needed; see the README.")
  void addPluginPlaces(List<Path> places) {
    pluginPlaces.add(places);
  }

  /** Prints stack traces at INFO before it throws; held here, or its level would be forgotten. */
  private static final Logger GUICE = Logger.getLogger("com.google.inject");

  public static void main(String[] arguments) {
    GUICE.setLevel(Level.WARNING);
    // all that is said is English, and numbers are read by scripts: 1.5 is 1.5 on every machine
    Locale.setDefault(Locale.ROOT);
    System.exit(
        commandLine(given -> PluginRegistry.discover(PluginPlaces.with(given))).execute(arguments));
  }

  /** All commands, with the same plugins whatever the command line says of them. */
  static CommandLine commandLine(Supplier<PluginRegistry> plugins) {
    return commandLine(given -> plugins.get());
  }

  /**
   * All commands.
   *
   * @param discovery finds the plugins, those of the places given included; asked only by commands
   *     that need them
   */
  static CommandLine commandLine(Function<List<Path>, PluginRegistry> discovery) {
    Main main = new Main();
    Failures failures = new Failures(() -> main.stacktrace);
    Supplier<PluginRegistry> found = () -> discovery.apply(main.pluginPlaces());
    Supplier<PluginRegistry> plugins =
        () -> {
          Heap.requireEnough();
          return main.told(found.get());
        };
    return new CommandLine(main)
        .addSubcommand(new RunCommand(plugins))
        .addSubcommand(new ResumeCommand(plugins))
        .addSubcommand(new ValidateCommand(plugins))
        .addSubcommand(new PlanCommand(plugins))
        .addSubcommand(new SuiteCommand(plugins, main::pluginPlaces))
        .addSubcommand(new PretrainCommand(plugins))
        .addSubcommand(new InspectCommand(plugins))
        .addSubcommand(new ImportCommand())
        .addSubcommand(new PluginsCommand(found))
        .addSubcommand(new ReportCommand(plugins))
        .addSubcommand(new NewCommand(plugins))
        .addSubcommand(new SchemaCommand(plugins))
        .addSubcommand(new CompletionCommand())
        .addSubcommand(new DoctorCommand(found))
        .setExecutionStrategy(Failures::wrapped)
        .setParameterExceptionHandler(failures::ofArguments)
        .setExecutionExceptionHandler(failures::ofExecution);
  }

  private List<Path> pluginPlaces() {
    return pluginPlaces.stream().flatMap(List::stream).distinct().toList();
  }

  /** One line for each plugin that is left out, whatever is asked for. */
  private PluginRegistry told(PluginRegistry registry) {
    registry.problems().forEach(spec.commandLine().getErr()::println);
    return registry;
  }

  @Override
  public void run() {
    String commands = String.join(", ", new TreeSet<>(spec.subcommands().keySet()));
    throw new ParameterException(
        spec.commandLine(), "Missing command: found none, available: " + commands);
  }
}
