/** Sequential fine-tuning: one set of weights trained on through all tasks; the lower bound. */
package org.continuo.baselines.sequential;
