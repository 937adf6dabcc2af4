/**
 * Two runs on the same items, A and B: what B gains over A, and how sure that is. The answers are
 * read from the folders of the runs; nothing is computed again but the metrics.
 */
package org.continuo.suite.compare;
