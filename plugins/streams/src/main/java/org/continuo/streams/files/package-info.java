/**
 * Tasks read from files: a folder per task, a file per split.
 *
 * <pre>
 * ROOT/agnews/train.json     the examples of a split: JSON array (folder), JSON lines (jsonl) or CSV (csv)
 * ROOT/agnews/dev.json       may be missing: it is then taken out of train
 * ROOT/agnews/test.json
 * ROOT/agnews/labels.json    the labels in their order; may be missing: then those of train, sorted
 * </pre>
 *
 * A task is called as its folder, within what {@link org.continuo.api.data.TaskNames} allows.
 * {@link org.continuo.streams.files.RecordFormat} is all that differs between the three streams.
 * Files are read and checked as a whole when a stream opens, limits apply afterwards: a run on ten
 * examples finds the same faults as a run on all of them. Texts are stripped of white space at both
 * ends. An example is {@code TASK/SPLIT/INDEX}, where INDEX counts the records of its file from 0,
 * whatever the limits.
 */
package org.continuo.streams.files;
