package org.continuo.maven;

import java.io.PrintWriter;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferEvent;

/** Tells of large transfers, a line for each tenth. */
final class TransferLines extends AbstractTransferListener {
  /** Smaller ones are over before anyone reads of them. */
  private static final long LARGE = 5_000_000;

  private static final int PARTS = 10;
  private static final long MEGABYTE = 1_000_000;

  private final PrintWriter out;
  private long told;

  TransferLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void transferInitiated(TransferEvent event) {
    told = 0;
  }

  @Override
  public void transferProgressed(TransferEvent event) {
    long size = event.getResource().getContentLength();
    long parts = size < LARGE ? 0 : event.getTransferredBytes() * PARTS / size;
    if (parts > told) {
      told = parts;
      String name = event.getResource().getResourceName();
      out.printf(
          "%s: %d of %d MB%n",
          name.substring(name.lastIndexOf('/') + 1),
          event.getTransferredBytes() / MEGABYTE,
          size / MEGABYTE);
      out.flush();
    }
  }
}
