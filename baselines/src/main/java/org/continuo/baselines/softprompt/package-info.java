/** What strategies of soft prompts share. */
package org.continuo.baselines.softprompt;
