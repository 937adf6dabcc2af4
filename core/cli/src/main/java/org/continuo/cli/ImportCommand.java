package org.continuo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.continuo.checkpoints.CheckpointExport;
import org.continuo.checkpoints.gguf.GgufImport;
import org.continuo.core.config.InvalidInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes of a model in one file the folder that everything else reads. */
@Command(
    name = "import",
    description = {
      "Make a Hugging Face folder of a GGUF file: Llama, Mistral and Qwen 2 models, their",
      "tokenizer and chat template. Quantized weights are unpacked, not quantized again."
    })
final class ImportCommand implements Runnable {
  @Parameters(paramLabel = "FILE.gguf", description = "The whole model in one file.")
  private Path file;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the folder goes: not there yet, or empty.")
  private Path folder;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      defaultValue = "f32",
      description = "How its weights are stored: f32, bf16 or f16; default: ${DEFAULT-VALUE}.")
  private String type;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CheckpointExport.Type stored = type();
    GgufImport model = GgufImport.read(file);
    PrintWriter err = spec.commandLine().getErr();
    model.warnings().forEach(warning -> err.println("warning: " + warning));
    model.write(folder, stored);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s: %s, tensors %s, written as %s%n", folder, model.family(), model.forms(), stored);
    out.printf("Next: continuo inspect %s%n", folder);
  }

  private CheckpointExport.Type type() {
    return Arrays.stream(CheckpointExport.Type.values())
        .filter(known -> name(known).equals(type))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInput(
                    "--dtype: found '%s', expected one of %s; give one of these"
                        .formatted(
                            type,
                            Arrays.stream(CheckpointExport.Type.values())
                                .map(ImportCommand::name)
                                .collect(Collectors.joining(", ")))));
  }

  private static String name(CheckpointExport.Type type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
