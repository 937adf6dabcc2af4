/**
 * What holds parameters where earlier tasks left them.
 *
 * <pre>{@code
 * Contribution.builder()
 *     .loss("pull", lambda / 2, step -> QuadraticPull.of(host.trained(), host.kept("anchor")))
 *     .afterTask(() -> host.keep("anchor", host.trained()))
 *     .build();
 * }</pre>
 */
package org.continuo.methods.pull;
