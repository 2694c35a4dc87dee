const KiB = 1_024
const MiB = 1_048_576

/** One budget: the most that a call may bring or cost, and whether the rest is refused or left out. */
export interface Budget {
  /** The largest number that is still accepted. */
  most: number
  /** The largest number that a site may set instead; absent where no setting changes the budget. */
  settable?: number
  /** `refused`: a larger call is refused. `named`: the rest is left out, and the response names the gap. */
  beyond: 'refused' | 'named'
  /** The words of this budget in docs/operate.md. */
  what: string
}

/**
 * The budgets of one call, which cut or refuse an expensive call before the expense arises.
 *
 * Units:  bytes, characters or counts, as the words of each budget say.
 * Edge:   exactly `most` is accepted.
 * Source: product decisions 18 and 21.
 */
export const budgets = {
  bodyBytes: {
    most: 2 * MiB,
    settable: 8 * MiB,
    beyond: 'refused',
    what: 'bytes of a request body, unpacked (`limits.body`, up to `8mb`)',
  },
  bodyDepth: {
    most: 64,
    settable: 512,
    beyond: 'refused',
    what: 'levels of nesting in a request body (`limits.depth`, up to `512`)',
  },
  bodyValues: {
    most: 80_000,
    settable: 400_000,
    beyond: 'refused',
    what: 'JSON values in a request body (`limits.nodes`, up to `400000`); a chart of 350 kB has some 18,000',
  },
  bodyShapes: {
    most: 5_000,
    beyond: 'refused',
    what: 'shapes of objects in a request body: names of members that follow other names than before; charts have some hundred',
  },
  bodyMembers: { most: 1_000, beyond: 'refused', what: 'members of one object in a request body' },
  resources: { most: 2_000, beyond: 'named', what: 'resources of one call, over prefetch and FHIR server' },
  fhirBytes: {
    most: 16 * MiB,
    beyond: 'named',
    what: 'bytes that FHIR servers may answer in one call, unpacked',
  },
  fhirValues: { most: 500_000, beyond: 'named', what: 'JSON values in what FHIR servers answer in one call' },
  fhirAnswerBytes: {
    most: 5 * MiB,
    beyond: 'named',
    what: 'bytes of one answer of a FHIR server, packed and unpacked (its values, members and depth as of a request body)',
  },
  fhirPieces: {
    most: 32_768,
    beyond: 'named',
    what: 'pieces in which FHIR servers answer in one call: chunks of bodies, and fields of headers and trailers; 16 MiB in chunks of 1 kB have some 16,400',
  },
  fhirInterimAnswers: {
    most: 5,
    beyond: 'named',
    what: 'interim answers (status 1xx) before one answer of a FHIR server',
  },
  fhirPages: { most: 20, beyond: 'named', what: 'pages of one search' },
  fhirBytesAtOnce: {
    most: 32 * MiB,
    beyond: 'named',
    what: 'bytes that FHIR servers have answered to all calls in progress in a process; half of it for one client',
  },
  fhirValuesAtOnce: {
    most: 1_000_000,
    beyond: 'named',
    what: 'JSON values that FHIR servers have answered to all calls in progress in a process; half of it for one client',
  },
  fhirSearchParts: {
    most: 48,
    beyond: 'named',
    what: 'searches into which one search is divided, for a FHIR server that takes one value a search',
  },
  fhirReads: { most: 50, beyond: 'named', what: 'single reads (Medication) in one call' },
  codings: { most: 20, beyond: 'named', what: 'codings of one concept' },
  resourceValues: { most: 1_000, beyond: 'named', what: 'JSON values of one resource that is read' },
  chartValues: { most: 80_000, beyond: 'named', what: 'JSON values of all resources read in one call' },
  chartCharacters: {
    most: 2 * MiB,
    beyond: 'named',
    what: 'characters of all resources read in one call, their narratives aside',
  },
  parts: {
    most: 4_000,
    beyond: 'named',
    what: 'components, results, conclusions, reasons and the like read in one call, where a list has more than two',
  },
  facts: { most: 4_000, beyond: 'named', what: 'facts read from the chart in one call' },
  textCharacters: {
    most: 64 * KiB,
    beyond: 'named',
    what: 'characters of free text that hold a word of ours, over all resources of one call',
  },
  textLength: {
    most: 12_000,
    beyond: 'named',
    what: 'characters of one text that are read, to the end of a sentence',
  },
  lookLength: {
    most: 120_000,
    beyond: 'named',
    what: 'characters of one text that are looked through for a word of ours; a longer text is read as if it held one',
  },
  afterDeadlineMs: {
    most: 1_000,
    beyond: 'refused',
    what: 'milliseconds that a call may go on after its deadline (`clients[].deadline`), which ends the reading of data',
  },
  drafts: { most: 50, beyond: 'named', what: 'draft orders judged in one call' },
  findingSources: {
    most: 20,
    beyond: 'named',
    what: 'sources kept per finding in a record, with a count of all',
  },
  recordBytes: { most: 256 * KiB, beyond: 'named', what: 'bytes of the record of one call' },
} as const satisfies Record<string, Budget>
