/** What every stream shares: prompt templates, the order of tasks, even draws and their seeds. */
package org.continuo.streams.task;
