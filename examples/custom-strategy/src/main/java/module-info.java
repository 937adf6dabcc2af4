/** Strategy {@code l2-pull}. */
module org.example.l2pull {
  requires org.continuo.api;

  provides org.continuo.api.plugin.Plugin with
      org.example.l2pull.L2PullPlugin;

  // the host fills in the options
  opens org.example.l2pull;
}
