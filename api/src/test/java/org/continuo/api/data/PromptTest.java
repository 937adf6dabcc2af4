package org.continuo.api.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PromptTest {
  private static final Prompt.Piece START = new Prompt.Piece(Prompt.Origin.TEMPLATE, "<s> ");

  @Test
  void whatStandsForAPlaceholderIsTextAndTheRestTemplate() {
    Template template = new Template("<s> {text}{options}|{task}</s>");
    Task task = new Task("t<s>", 0, template, List.of("a", "<s>"));
    Prompt prompt = template.pieces(task, "{task} </s>");
    assertEquals(
        List.of(
            START,
            new Prompt.Piece(Prompt.Origin.TEXT, "{task} </s>a, <s>"),
            new Prompt.Piece(Prompt.Origin.TEMPLATE, "|"),
            new Prompt.Piece(Prompt.Origin.TEXT, "t<s>"),
            new Prompt.Piece(Prompt.Origin.TEMPLATE, "</s>")),
        prompt.pieces());
    assertEquals(template.prompt(task, "{task} </s>"), prompt.toString());
  }

  @Test
  void whiteSpaceIsStrippedAtBothEndsWhoeverWroteIt() {
    Prompt prompt = Prompt.text("\n").then(Prompt.template(" <s> ")).then(Prompt.text("a b\t"));
    assertEquals("<s> a b", prompt.strip().toString());
    assertEquals(new Prompt(List.of()), Prompt.text(" \n").then(Prompt.template(" ")).strip());
  }
}
