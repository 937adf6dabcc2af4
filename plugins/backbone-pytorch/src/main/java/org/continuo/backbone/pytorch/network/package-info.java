/**
 * The forward pass in plain NDArray form.
 *
 * <p>Letters for shapes, besides those of {@link org.continuo.api.model}: T keys a query may see
 * (soft prompts, prefixes and cached tokens included), H query heads, J heads of keys and values, G
 * = H / J query heads that share one of them, h width of a head, f width inside a feed-forward
 * block. Within a pass S counts soft prompts too.
 *
 * <p>One rule holds everywhere: an activation is the first operand, a parameter never is, because
 * DJL puts a result into the scope of the first operand, and parameters outlive the step.
 *
 * <pre>{@code
 * Network network = Network.of(config, weights::param);
 * Backbone backbone = new TransformerBackbone(folder, network, weights, tokenizer, Summary.LAST, 512, Type.F32);
 * Forward answer = backbone.prepare(Request.of(Wiring.NONE)).forward(batch);
 * }</pre>
 */
package org.continuo.backbone.pytorch.network;
