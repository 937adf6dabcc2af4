/**
 * What holds for files of any format.
 *
 * <pre>{@code
 * String digest = new Sha256().add(Path.of("model.safetensors")).hex();
 * }</pre>
 */
package org.continuo.checkpoints.files;
