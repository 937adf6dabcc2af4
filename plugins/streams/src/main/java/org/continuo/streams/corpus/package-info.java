/**
 * Text that the project writes itself: a grammar of sentence frames over lists of English words,
 * kept as resources beside this package.
 *
 * <p>{@code words/} holds general words, names of countries and irregular forms, {@code topics/},
 * {@code products/}, {@code grades/} and {@code kinds/} the vocabulary and sentences of one subject
 * each, {@code frames/} the sentences that fit all of them. {@link
 * org.continuo.streams.corpus.Frame} describes how they are written.
 */
package org.continuo.streams.corpus;
