/**
 * The frozen model and what attaches to it.
 *
 * <p>Letters for shapes: B rows of a batch, S tokens of its longest row, R positions the head
 * reads, C answer columns, d width of the model, K experts of a mixture, P soft prompt tokens, r
 * rank, V vocabulary. Arrays are float32 unless said otherwise.
 *
 * <p>A forward pass is <i>asked for</i>, not hooked into. A {@link Request} is plain data: the
 * {@link Wiring} (which experts, mixed by which router, at which sites), the positions wanted, the
 * {@link Capture}s to read on the way. The backbone refuses it when the plan is made, or prepares
 * it once and answers it for every batch, plainly, by a kernel or from a cache.
 *
 * <pre>{@code
 * List<Site> blocks = backbone.sites(Site.Kind.FEED_FORWARD);
 * Wiring wiring = Wiring.of(new Mixture(blocks, List.of(shared, dedicated), router));
 * Backbone.Prepared prepared = backbone.prepare(Request.of(wiring));
 * NDArray hidden = prepared.forward(batch).hidden();           // [R,d]
 * }</pre>
 */
package org.continuo.api.model;
