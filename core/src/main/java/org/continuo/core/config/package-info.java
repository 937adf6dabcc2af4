/**
 * Binds HOCON to records of options and says everything that is wrong with it at once.
 *
 * <pre>{@code
 * Bound<Experiment> bound = ExperimentFile.read(Path.of("mtl5.conf"), List.of("seed=2"), registry);
 * double rate = bound.options().training().learningRate();
 * Files.writeString(folder.resolve("experiment.conf"), bound.text());
 * }</pre>
 *
 * <p>A record of options lives in a package that its module opens to reflection: {@code opens
 * org.example.ewc;} in module-info, or {@code open module}. A qualified {@code opens .. to
 * org.continuo.core} works too, but javac warns about it wherever core is not on the module path,
 * which is where plugins are built; exporting the package is neither needed nor enough.
 */
package org.continuo.core.config;
