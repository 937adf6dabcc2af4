/**
 * Checkpoints as files: tensors bit for bit in safetensors, folders that appear when they are
 * complete, digests that tell damage. What a checkpoint of a run holds is for {@code
 * org.continuo.core.run}.
 */
package org.continuo.core.checkpoint;
