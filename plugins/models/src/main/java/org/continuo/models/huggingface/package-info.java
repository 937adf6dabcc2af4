/**
 * The hub {@code hf}: models of the Hugging Face hub. They are looked for in the cache that the
 * Python libraries share, and downloaded into it in their layout:
 *
 * <pre>
 * models--OWNER--NAME/
 *   refs/REVISION              the commit that a branch or tag was when it was asked for
 *   snapshots/COMMIT/FILE      a link to the blob, or a plain file where links cannot be made
 *   blobs/DIGEST               SHA-256 of a large file, git's SHA-1 of another
 *   blobs/DIGEST.incomplete    as far as a download came
 * </pre>
 */
package org.continuo.models.huggingface;
