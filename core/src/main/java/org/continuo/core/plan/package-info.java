/** What a run would do and cost, and everything that speaks against it, before anything trains. */
package org.continuo.core.plan;
