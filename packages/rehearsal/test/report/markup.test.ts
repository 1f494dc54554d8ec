import { expect, test } from "vitest";
import { html, jsonForScript } from "../../src/report/markup.ts";

test("a text that is filled in stays a text, whatever is in it", () => {
  const text = `<script>alert("it's")</script> & more`;
  expect(html`<p title="${text}">${[html`<b>${1}</b>`, text]}</p>`.text).toBe(
    '<p title="&#60;script&#62;alert(&#34;it&#39;s&#34;)&#60;/script&#62; &#38; more"><b>1</b>' +
      "&#60;script&#62;alert(&#34;it&#39;s&#34;)&#60;/script&#62; &#38; more</p>",
  );
});

test("JSON in a script element cannot end it, and is read back as it was", () => {
  const value = { text: "</script><!--<script>" };
  const { text } = jsonForScript(value);
  expect([text.includes("<"), JSON.parse(text)]).toEqual([false, value]);
});
