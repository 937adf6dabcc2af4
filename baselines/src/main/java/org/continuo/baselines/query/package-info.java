/** How texts are compared: a frozen view of each, and cosines. */
package org.continuo.baselines.query;
