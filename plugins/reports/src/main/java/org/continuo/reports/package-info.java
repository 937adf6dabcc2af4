/**
 * Reports as HTML: of a run, of a suite and of a comparison of two runs. What they are made from is
 * described in {@link org.continuo.results}: {@code results.json} and {@code events.jsonl}, {@code
 * suite.json}, {@code comparison.json}. Should a step be in the events twice, the later one counts.
 */
package org.continuo.reports;
