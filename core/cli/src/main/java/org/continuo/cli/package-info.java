/**
 * The command line. Exit status: 0 done, 1 failed, 2 what the user gave is wrong, 130 interrupted.
 * What a command has to say goes to standard output, what went wrong to standard error.
 *
 * <pre>{@code
 * int status = Main.commandLine(() -> PluginRegistry.discover(List.of())).execute("validate", "mtl5.conf");
 * }</pre>
 *
 * <p>A command is a class with a constructor for what it needs; {@link
 * org.continuo.cli.Main#commandLine} is the list of all. Commands that read an experiment file mix
 * in {@link org.continuo.cli.ExperimentArguments}, those that write a run {@link
 * org.continuo.cli.OutputArguments}.
 */
package org.continuo.cli;
