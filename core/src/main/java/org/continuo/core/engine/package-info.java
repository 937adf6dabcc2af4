/** Engines of DJL, and where their native libraries come from. */
package org.continuo.core.engine;
