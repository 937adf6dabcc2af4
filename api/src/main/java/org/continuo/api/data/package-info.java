/**
 * Tasks, examples and batches.
 *
 * <p>Letters for shapes: B rows of a batch, S tokens of its longest row, R positions whose hidden
 * states the head reads (B for label answers, the number of answer tokens for text answers), C
 * answer columns of the head.
 *
 * <pre>{@code
 * Task task = new Task("agnews", 0, new Template("Topic?\nOptions: {options}\nText: {text}\nAnswer:"),
 *     List.of("World", "Sports"));
 * Example example = new Example("agnews/train/0", "agnews", "Shares rose 3.2%", "World");
 * String prompt = task.template().prompt(task, example.text());
 * }</pre>
 */
package org.continuo.api.data;
