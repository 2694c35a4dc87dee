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
  {
    title: 'What is printed as evidence',
    because:
      'The verdict is the same; one line of evidence on the card is missing or worded otherwise. The expected cards of cards/*/expected hold these lines, and do not run here.',
    covers: ({ file, mutator, original }) =>
      file.endsWith('/describe.ts') ||
      (/^Array|^Arrow/.test(mutator) &&
        /evidence|Evidence|ofSign|ofImaging|ofMedicine|ofCulture/.test(original)),
  },
  {
    title: 'Order among facts of one instant',
    because:
      'Sorting makes the answer independent of the chart; test/properties/same-answer.test.ts shuffles the chart, and does not run here.',
    covers: ({ context, original }) =>
      /\.sort\(|bySource|compare/.test(original) || /^\.sort\(|bySource|compare\(/.test(context),
  },
]
