/**
 * One run from its plan to its folder: what happens is told to {@code RunListener}, what comes out
 * is written by {@code RunFolder}.
 *
 * <p>After each task {@code Checkpointing} gathers a {@code Snapshot} and the arrays beside it into
 * a {@code Checkpoint}. An {@code UnfinishedRun} is a folder that can be gone on with: the parts of
 * the run are made anew, put where the checkpoint has them, and the loop over the tasks goes on
 * behind those learned. Everything random derives from names, so there is no generator to save.
 */
package org.continuo.core.run;
