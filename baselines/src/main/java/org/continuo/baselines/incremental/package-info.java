/**
 * Incremental LoRA: a new expert for each task beside the frozen ones of earlier tasks, all of them
 * summed in training and in tests. The baseline IncLoRA of Wang et al. 2023 (O-LoRA, arXiv
 * 2310.14152): O-LoRA without its constraint.
 */
package org.continuo.baselines.incremental;
