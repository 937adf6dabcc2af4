/**
 * One run from its plan to its folder: what happens is told to {@code RunListener}, what comes out
 * is written by {@code RunFolder}.
 */
package org.continuo.core.run;
