/**
 * Runs what a suite lacks, in worker processes, and keeps it by the hash of its configuration.
 *
 * <p>A suite's folder: {@code runs/HASH} the runs that completed, {@code failed/HASH} the last of
 * those that failed, {@code running/} those under way. A run moves when it has ended, so a folder
 * under {@code runs} is complete whatever ended the suite.
 */
package org.continuo.suite.run;
