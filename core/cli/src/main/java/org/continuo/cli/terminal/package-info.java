/** What a person sees while and after a run: progress and tables. */
package org.continuo.cli.terminal;
