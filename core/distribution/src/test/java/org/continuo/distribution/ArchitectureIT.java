package org.continuo.distribution;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.continuo.api.plugin.Stability;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Rules on the code of all modules together, read from the jars that run. */
class ArchitectureIT {
  private static final ArchRule NO_SCALARS_ON_THE_GRAPH =
      noClasses()
          .should()
          .accessTargetWhere(scalarOperation())
          .because(
              "DJL frees the scalar at the next garbage collection and gradients are then silently"
                  + " wrong; use org.continuo.api.tensor.Autograd");

  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes = Distribution.classes(Distribution.rooms());
  }

  @Test
  void noScalarsOnTheGradientGraph() {
    NO_SCALARS_ON_THE_GRAPH.check(classes);
  }

  @Test
  void theRuleSeesEveryWayToWriteAScalar() {
    JavaClasses sample = new ClassFileImporter().importClasses(Scalars.class);
    assertEquals(
        9, NO_SCALARS_ON_THE_GRAPH.evaluate(sample).getFailureReport().getDetails().size());
  }

  @Test
  void theApiCutsNoGradient() {
    noClasses()
        .that()
        .resideInAPackage("org.continuo.api..")
        .should()
        .accessTargetWhere(
            method("toType or duplicate of an NDArray", Set.of("toType", "duplicate")))
        .because("both run without gradient, silently; what the api offers must work on the graph")
        .check(classes);
  }

  @Test
  void onlyTheCommandLineEndsTheJvm() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.continuo.cli..")
        .should()
        .callMethod(System.class, "exit", int.class)
        .because("exit statuses are given in one place")
        .check(classes);
  }

  @Test
  void onlyTheTerminalPrints() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.continuo.cli..")
        .should()
        .accessField(System.class, "out")
        .because("standard output belongs to the command that was asked for")
        .check(classes);
  }

  @Test
  void lettersChangeTheirCaseInNoLanguage() {
    for (String method : List.of("toLowerCase", "toUpperCase")) {
      noClasses()
          .should()
          .callMethod(String.class, method)
          .because("in Turkish the capital of i is no I; give Locale.ROOT")
          .check(classes);
    }
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Impl|Manager|Util|Utils|Helper)(\\$.*)?")
        .check(classes);
  }

  @Test
  void everyTypeOfTheApiAndOfLibrariesSaysHowFarItMayChange() {
    classes()
        .that()
        .arePublic()
        .and()
        .areTopLevelClasses()
        .should()
        .beAnnotatedWith(Stability.class)
        .check(Distribution.classes(offered()));
  }

  @TestFactory
  List<DynamicTest> packagesOfAModuleFormNoCycles() {
    return perModule(
        Distribution.rooms().stream()
            .filter(module -> !module.descriptor().packages().isEmpty())
            .toList(),
        module ->
            SlicesRuleDefinition.slices()
                .assignedFrom(byPackage())
                .should()
                .beFreeOfCycles()
                .check(Distribution.classes(List.of(module))));
  }

  @TestFactory
  List<DynamicTest> exportedPackagesAreDescribed() {
    return perModule(
        offered(),
        module -> {
          try (JarFile jar = new JarFile(Distribution.jar(module).toFile())) {
            for (Exports exports : module.descriptor().exports()) {
              String entry = exports.source().replace('.', '/') + "/package-info.class";
              assertNotNull(jar.getEntry(entry), exports.source() + " has no package-info.java");
              Path source =
                  Path.of(System.getProperty("continuo.root"), folder(module), "src/main/java")
                      .resolve(entry.replace(".class", ".java"));
              assertTrue(Files.readString(source).contains("<pre>"), source + " has no example");
            }
          }
        });
  }

  /** What plugins of others are written with. */
  private static List<ModuleReference> offered() {
    return Stream.concat(
            Stream.of(Distribution.room(Distribution.API)), Distribution.libraries().stream())
        .toList();
  }

  /** {@code api} for the api, {@code api/NAME} for a library. */
  private static String folder(ModuleReference module) {
    String name = module.descriptor().name();
    return name.equals(Distribution.API) ? "api" : "api/" + name.replace("org.continuo.", "");
  }

  private interface Rule {
    void check(ModuleReference module) throws IOException;
  }

  private static List<DynamicTest> perModule(List<ModuleReference> modules, Rule rule) {
    return modules.stream()
        .map(
            module -> DynamicTest.dynamicTest(module.descriptor().name(), () -> rule.check(module)))
        .toList();
  }

  private static SliceAssignment byPackage() {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        return SliceIdentifier.of(type.getPackageName());
      }

      @Override
      public String getDescription() {
        return "packages";
      }
    };
  }

  private static DescribedPredicate<JavaAccess<?>> scalarOperation() {
    DescribedPredicate<JavaAccess<?>> takesNumber =
        DescribedPredicate.describe(
            "that takes a number",
            access ->
                access.getTarget() instanceof CodeUnitAccessTarget method
                    && method.getRawParameterTypes().stream()
                        .anyMatch(type -> type.isAssignableTo(Number.class)));
    return method(
            "mul, div, pow, maximum or minimum of an NDArray",
            Set.of("mul", "div", "pow", "maximum", "minimum"))
        .and(takesNumber)
        .or(method("scaleGradient", Set.of("scaleGradient")));
  }

  private static DescribedPredicate<JavaAccess<?>> method(String description, Set<String> names) {
    return DescribedPredicate.describe(
        description,
        access ->
            names.contains(access.getTarget().getName())
                && (access.getTargetOwner().isAssignableTo(NDArray.class)
                    || access.getTargetOwner().isEquivalentTo(NDArrays.class)));
  }

  /** What the rule must find; never run. */
  static final class Scalars {
    private Scalars() {}

    static NDArray written(NDArray x) {
      NDArray y = x.mul(2).div(3f).pow(2L).maximum(0.5).minimum(4).scaleGradient(-1);
      return NDArrays.mul(y, 2);
    }

    static Function<Number, NDArray> referenced(NDArray x) {
      return x::mul;
    }

    static Function<NDArray, NDArray> inALambda() {
      return x -> x.mul(2).mul(x).add(1).sub(1).clip(0, 1);
    }
  }
}
