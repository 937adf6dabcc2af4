/**
 * The report of a run, made from two files of its folder, and that of a comparison, made from one.
 *
 * <h2>{@code results.json}</h2>
 *
 * One JSON object. {@code schemaVersion}, {@code status}, {@code tasks} and {@code accuracy} must
 * be there; every other field may be absent, and the report then leaves out what it would have
 * said. Unknown fields are ignored.
 *
 * <table>
 *   <caption>Fields; T is the number of tasks</caption>
 *   <tr><td>{@code schemaVersion}</td><td>1</td></tr>
 *   <tr><td>{@code status}</td><td>{@code completed}, {@code interrupted}, {@code failed}</td></tr>
 *   <tr><td>{@code name}</td><td>of the experiment</td></tr>
 *   <tr><td>{@code strategy}, {@code strategyOptions}</td><td>its type; its options as an object</td></tr>
 *   <tr><td>{@code seed}</td><td>whole number</td></tr>
 *   <tr><td>{@code tasks}</td><td>T names, in order</td></tr>
 *   <tr><td>{@code score}</td><td>what the matrix holds, such as {@code accuracy}; {@code mixed}
 *       if tasks differ in it, and then {@code scores} has it by task</td></tr>
 *   <tr><td>{@code accuracy}</td><td>one row per finished stage, T scores in [0,1] each; null where
 *       not measured</td></tr>
 *   <tr><td>{@code zeroShot}</td><td>T scores before any training</td></tr>
 *   <tr><td>{@code testExamples}</td><td>T counts</td></tr>
 *   <tr><td>{@code metrics}</td><td>numbers by name</td></tr>
 *   <tr><td>{@code metricDefinitions}</td><td>list of {@code {name, title, definition, formula,
 *       source, higherIsBetter}}, those without a value in {@code metrics} too</td></tr>
 *   <tr><td>{@code testMetrics}</td><td>list of {@code {name, title, definition, formula, source,
 *       higherIsBetter, zeroShot [task]{value by name}, stages [stage][task]{value by name}, curves
 *       [task][]{name, x, y, points [[x, y]], chosen [x, y]}}}; values in [0,1], {@code total} or
 *       {@code label:NAME}</td></tr>
 *   <tr><td>{@code protocol}</td><td>{@code {taskId: given | inferred, pastData: boolean}}</td></tr>
 *   <tr><td>{@code cost}</td><td>{@code {trainableParameters: [T counts], storedParameters,
 *       storedBytes, backboneParameters, tokens {train, evaluation}, seconds {train, evaluation,
 *       total}, peakMemoryBytes}}</td></tr>
 *   <tr><td>{@code provenance}</td><td>{@code {continuo, java, os, cpu, cores, memoryBytes, engine,
 *       threads, checkpoint {source, sha256, summary}, data {sha256 by task}, started, finished}}; further
 *       entries are shown as they are</td></tr>
 *   <tr><td>{@code failure}</td><td>{@code {message}}</td></tr>
 *   <tr><td>{@code warnings}</td><td>texts</td></tr>
 * </table>
 *
 * <h2>{@code events.jsonl}</h2>
 *
 * One JSON object per line, in the order things happened, with {@code event} and {@code time}
 * (ISO-8601). {@code task} is a name, {@code index} its place from 0, {@code step} counts from 0
 * within a task. Should a step be there twice, the later line counts. Lines that cannot be read,
 * such as a last one cut short, are left out and counted.
 *
 * <table>
 *   <caption>Events</caption>
 *   <tr><td>{@code run-started}</td><td>once per start, so twice after one resume</td></tr>
 *   <tr><td>{@code task-started}</td><td>{@code task, index, examples}</td></tr>
 *   <tr><td>{@code step}</td><td>{@code task, index, step, total, loss, learningRate, gradientNorm,
 *       losses {value by name}, tokens}; a number that is not finite is the text {@code "NaN"},
 *       {@code "Infinity"} or {@code "-Infinity"}</td></tr>
 *   <tr><td>{@code dev}</td><td>{@code task, step, score, best}</td></tr>
 *   <tr><td>{@code value}</td><td>{@code task, step, name, value}: anything a part records; names of
 *       the form {@code PLUGIN/CHART/SERIES} share a chart</td></tr>
 *   <tr><td>{@code evaluated}</td><td>{@code stage, task, score, examples, cached}; stage
 *       from 0, -1 before any training</td></tr>
 *   <tr><td>{@code task-finished}</td><td>{@code task, seconds}</td></tr>
 *   <tr><td>{@code warning}</td><td>{@code text}</td></tr>
 *   <tr><td>{@code run-finished}</td><td>{@code status}</td></tr>
 * </table>
 *
 * <h2>{@code comparison.json}</h2>
 *
 * One JSON object; {@code schemaVersion} must be there.
 *
 * <table>
 *   <caption>Fields</caption>
 *   <tr><td>{@code schemaVersion}</td><td>1</td></tr>
 *   <tr><td>{@code a}, {@code b}</td><td>{@code {folder, name, strategy, seed, tasks}}</td></tr>
 *   <tr><td>{@code tasks}, {@code examples}</td><td>names; test examples of each</td></tr>
 *   <tr><td>{@code rows}</td><td>list of {@code {task, measure, value, a, b, difference, interval
 *       [low, high]}}, shares; without {@code task} the mean over the tasks; the interval is that of
 *       the difference and may be absent</td></tr>
 *   <tr><td>{@code bootstrap}</td><td>{@code {resamples, seed, level}}</td></tr>
 *   <tr><td>{@code metricDefinitions}</td><td>as in {@code results.json}</td></tr>
 *   <tr><td>{@code curves}</td><td>list of {@code {measure, task, a [curve], b [curve]}}</td></tr>
 *   <tr><td>{@code notes}</td><td>texts</td></tr>
 * </table>
 */
package org.continuo.reports;
