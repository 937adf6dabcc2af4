/**
 * What methods of continual learning share, a package for each subject. Nothing here knows a
 * strategy, and nothing decides when it is used: strategies do.
 *
 * <pre>{@code
 * module org.example.pull {
 *   requires org.continuo.methods;   // and with it org.continuo.api
 *   provides org.continuo.api.plugin.Plugin with org.example.pull.PullPlugin;
 * }
 * }</pre>
 */
package org.continuo.methods;
