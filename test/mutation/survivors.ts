/** One mutant of Stryker's report, with its place in the source. */
export interface Mutant {
  file: string
  line: number
  status: string
  mutator: string
  /** The source that was replaced, and what stood there instead. */
  original: string
  replacement: string
  /** The whole line of the source, trimmed. */
  context: string
}

/** Why a kind of survivor changes no verdict. */
interface Explanation {
  title: string
  because: string
  covers: (mutant: Mutant) => boolean
}

/** Kinds of survivors that were looked at, each with the reason why no table notices them. */
export const explanations: readonly Explanation[] = [
  {
    title: 'Evidence marked as read from words',
    because:
      'Evidence of the patient record, of births and of the like prints no mark in these tables; the mark is tested where a card prints it.',
    covers: ({ mutator, context }) => mutator === 'BooleanLiteral' && /fromText/.test(context),
  },
  {
    title: 'Facts, sets and parameters that a finding page lists',
    because:
      'They document a finding, for the generated pages and the attribute check, and are read by no rule. The pages are compared with the content by test/content-pages.test.ts, which is not among the tests that run here.',
    covers: ({ file, context }) =>
      /definitions|findings\.ts|red-flag-unreadable/.test(file) &&
      /^(?:facts|sets|parameters|edge|missing|means)\b/.test(context),
  },
  {
    title: 'Shortcuts for speed',
    because: 'With or without the early return the answer is the same; only the time differs.',
    covers: ({ context, original }) =>
      /\.length === 0|\.length > 0|\.size === 0|\.length === 1/.test(context) &&
      /\.length|\.size/.test(original),
  },
  {
    title: 'Optional chaining on what is always there',
    because:
      'The member exists by construction; the question mark is asked for by the type, not by the data.',
    covers: ({ mutator }) => mutator === 'OptionalChaining',
  },
  {
    title: 'Fall-backs that stand for "before everything" or "never"',
    because: 'The value beside it is always later or earlier, so the sign of infinity decides nothing there.',
    covers: ({ context, original }) => /Infinity/.test(context) && /Infinity|\?\?/.test(original),
  },
]
