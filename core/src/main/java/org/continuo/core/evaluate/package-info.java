/** Testing what was learned: predictions, the accuracy matrix and the metrics made from it. */
package org.continuo.core.evaluate;
