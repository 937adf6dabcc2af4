/** Text that people read: tables. */
package org.continuo.core.text;
