/**
 * The page. Each class that ends in {@code Section} makes one part of it as HTML that stands
 * without JavaScript; {@link Charts} collects what {@code charts.js} draws on top. All text goes
 * through jsoup's nodes, which escape it.
 */
package org.continuo.reports.html;
