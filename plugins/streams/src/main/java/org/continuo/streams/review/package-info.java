/**
 * Three generated tasks of content review, for a first run without any data of one's own.
 *
 * <p><b>What it is.</b> Synthetic English texts in the shape of the three review scenarios that
 * MoE-CL was used in (Tencent3, arXiv 2509.18133; the data is private): comments under videos,
 * comments under short news items and articles of accounts, each to be judged {@code compliant} or
 * {@code violating}. A text is a {@link org.continuo.streams.review.Subject} (what it is about,
 * written by a grammar) in a {@link org.continuo.streams.review.Stance} (claimed, repeated in
 * agreement, rejected or asked) in the manner of its {@link org.continuo.streams.review.Domain}.
 * The label follows from the three together by a policy table: some subjects violate everywhere
 * (threats, fraud, private addresses), others in one domain only (an account may advertise its
 * shop, a commentator may not; a villain may be insulted under a video, not under the news). So
 * tasks help each other in part and contradict each other in part, and a model that learns one
 * after another forgets unless something prevents it. No word decides alone: who is meant, whether
 * a text is quoted, and whether it is agreed with decide. A share of labels is wrong on purpose, as
 * those of reviewers are.
 *
 * <p><b>What it is not.</b> It is not Tencent3 and holds none of it; results on it say nothing
 * about results there. Its policies are invented for this purpose and are nobody's rules for
 * moderation. Its language is far more regular than what people write, so scores are higher and
 * differences between good strategies smaller than on real texts. Use it to see a strategy work and
 * to compare roughly; publish on real benchmarks.
 *
 * <p>Same seed and sizes, same texts. A split of n examples is the beginning of the same split with
 * more; splits share no text, and a label is on half of each.
 */
package org.continuo.streams.review;
