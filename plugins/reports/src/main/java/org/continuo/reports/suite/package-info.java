/**
 * The report of a suite, made from {@code suite.json} of its folder. Rows that see different things
 * are never sorted into one list.
 */
package org.continuo.reports.suite;
