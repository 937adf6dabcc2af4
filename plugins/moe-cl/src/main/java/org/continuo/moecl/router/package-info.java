/** How much each expert counts: per token, per sequence, or by fixed weights. */
package org.continuo.moecl.router;
