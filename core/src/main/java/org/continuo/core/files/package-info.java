/** What several rooms do with files. */
package org.continuo.core.files;
