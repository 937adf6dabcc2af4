/** Several strategies as one, written {@code of = [{ type = replay }, { type = ewc }]}. */
package org.continuo.baselines.combine;
