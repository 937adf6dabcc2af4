/**
 * The overview of a suite: {@code report.html}, made from {@code suite.json} of its folder.
 *
 * <p>Charts are drawn as SVG when the page is written, so that it needs neither a network nor
 * JavaScript; a script only sorts tables. Rows that see different things are never sorted into one
 * list.
 */
package org.continuo.reports.suite;
