// Values that no key of a settings file takes.

export const SECRET = "hunter2";

/** Values that no key of the file takes. */
export const WRONG: Readonly<Record<string, unknown>> = {
  null: null,
  "a section as a text": `authPass: ${SECRET}`,
  "a list of a section": [{ authPass: SECRET }],
  "a list of lists": [[SECRET]],
  "a negative number": -1000,
  "not a number": Number.NaN,
  "a number without an end": Number.POSITIVE_INFINITY,
};

/** The same where the key holds no free text, which may be anything but that. */
export const WRONG_BUT_FOR_TEXTS: Readonly<Record<string, unknown>> = {
  "an empty text": "",
  "a text with blanks around it": " 10.0.1.50 ",
  "a control character": "a\u0001b",
  "a very long text": "x".repeat(5000),
  "a placeholder": "${X}",
};
