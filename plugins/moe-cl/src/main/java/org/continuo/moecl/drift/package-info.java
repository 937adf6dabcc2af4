/** What keeps the shared expert and a shared router from drifting away under earlier tasks. */
package org.continuo.moecl.drift;
