package org.continuo.models.huggingface;

/** Fetches the model as a process of its own. */
final class FetchingProcess {
  private FetchingProcess() {}

  public static void main(String[] arguments) {
    new HuggingFaceHub(HubSettings.of(System.getenv()), Waiting.USUAL, Linker.LINKS)
        .model(HubFixture.NAME);
  }
}
