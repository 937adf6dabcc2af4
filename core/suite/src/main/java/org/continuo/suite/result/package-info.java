/**
 * What comes out of a suite: {@code suite.json}, the table for people, CSV and LaTeX.
 *
 * <p>{@code suite.json} depends on the runs alone; whatever depends on the machine (seconds,
 * memory) stands under keys named {@code times}.
 */
package org.continuo.suite.result;
