/** A run as its files tell it; the fields are described in {@link org.continuo.results}. */
package org.continuo.reports.run;
