/**
 * What a run, a suite, a comparison and an event say, as records, and the files that hold it. Who
 * writes these files and who reads them does so here, so a field has one name.
 *
 * <pre>{@code
 * RunResults run = ResultsFile.RUN.read(Path.of("runs/mtl5-moe-cl-20260101-120000"));
 * double forgetting = run.metrics().get("forgetting.chaudhry");
 * long steps = EventLog.read(folder).stream().filter(Event.Step.class::isInstance).count();
 * }</pre>
 *
 * <p>Components stand in files under their names and in their order. A file says in which form it
 * is, {@code schemaVersion}; this module reads and writes form 1. What is {@code Optional} may be
 * absent; without anything else a file is refused. Fields that are not known are passed over, so a
 * form may grow by optional fields. A {@link org.continuo.results.Report} is a plugin that turns
 * such values into something to look at.
 */
package org.continuo.results;
