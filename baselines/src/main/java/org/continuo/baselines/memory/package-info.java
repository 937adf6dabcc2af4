/** What rehearsal keeps of past tasks: which examples, and how many. */
package org.continuo.baselines.memory;
