/** What a person wants to see of the experts, the router and the discriminator while they learn. */
package org.continuo.moecl.diagnostics;
