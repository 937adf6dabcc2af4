/**
 * Arrays of numbers on disk, by a key that says what they were computed from.
 *
 * <p>A folder per model; in it segments, each written by one process from its beginning to its end
 * and read by all. A record is
 *
 * <pre>
 * int32   count of numbers
 * 32 byte key
 * int32   CRC-32C of key and numbers
 * float32 the numbers
 * </pre>
 *
 * in little-endian order. What a killed process left unfinished, and what was damaged since, does
 * not count: it is computed anew.
 *
 * <pre>{@code
 * FeatureCache cache = FeatureCache.open(root, model, 1L << 30);
 * float[] numbers = cache.find(key).orElseGet(() -> compute());
 * }</pre>
 */
package org.continuo.backbone.onnx.cache;
