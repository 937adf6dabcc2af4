/**
 * MoE-CL (arXiv 2509.18133): each feed-forward block is mixed from a shared and a dedicated LoRA
 * expert, and a task discriminator keeps task knowledge out of the shared one.
 *
 * <p>Letters for shapes: B rows, S tokens, d width of the model, T tasks.
 *
 * <pre>{@code
 * E_k(x) = W2 h_k + s B2_k A2_k h_k                        // one block, seen with expert k
 * h_k    = act(W1 x + s B1_k A1_k x) * (W3 x + s B3_k A3_k x)
 * (g_0, g_t) = softmax(G x)                                // per token
 * y      = g_0 E_0(x) + g_t E_t(x)                         // MoeCl.wiring
 * L      = L_task + w L_adversary, its sign inside         // MoeCl.contribute, TaskDiscriminator
 * }</pre>
 *
 * The shared expert and the wiring are in {@link org.continuo.moecl.MoeCl}, the router in {@code
 * router}, the discriminator in {@code adversary}, what was published and what is better in {@link
 * org.continuo.moecl.Mode}. What the paper leaves open is filled from the authors' code.
 */
package org.continuo.moecl;
