/** Heads: classification, label scoring, free text. */
module org.continuo.heads {
  requires org.continuo.api;
}
