/** An expert of its own for every task: no forgetting and no transfer, by construction. */
package org.continuo.baselines.pertask;
