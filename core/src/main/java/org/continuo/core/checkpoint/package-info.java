/**
 * Checkpoints of runs as folders that appear when they are complete, with digests that tell damage.
 * What a checkpoint of a run holds is for {@code org.continuo.core.run}.
 */
package org.continuo.core.checkpoint;
