/**
 * MoCL: one expert and one task vector per task; each text is answered by all experts so far,
 * weighed by how close its query is to their vectors.
 *
 * <p>Wang et al. 2024, arXiv 2402.18344. Published code (encoder models): LoRA of rank 4 on queries
 * and values without alpha/r, vectors from U(0,1) which all keep training, a query that is the
 * masked mean of a frozen model's last hidden states, {@code w = softmax(8 cos(q, v))} over the
 * vectors of the task and those before it, and {@code 1 - cos(q, v)} of the own vector as a second
 * loss. Its weights are averaged over the batch, so that an answer depends on what else is in the
 * batch: here that is {@code weights = batch-mean}, and the default is one set of weights per text.
 *
 * <p>The code for Llama leaves the second loss out: {@code matching = 0}. Its query encoder has
 * random weights, which is not offered.
 *
 * <p>The port by the authors of MoE-CL: {@code query = embedding-mean, project-query = true,
 * vectors = normal, scale = 1, mix = block, sites = [gate, up, down]}, rank 8 with alpha 16. Frozen
 * earlier vectors are {@code trained-vectors = own}.
 */
package org.continuo.baselines.mocl;
