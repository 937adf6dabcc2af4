/**
 * The part of Jinja that chat templates are written in: tags {@code for}, {@code if}, {@code set},
 * {@code macro}, {@code break}, {@code continue}, {@code generation}; expressions with filters,
 * tests, slices, calls and the methods of strings and mappings. White space is kept and cut as by
 * the Hugging Face libraries ({@code trim_blocks}, {@code lstrip_blocks}). What is not known is
 * refused with its line; nothing outside the template can be reached, and work is bounded.
 */
package org.continuo.checkpoints.jinja;
