/** Words that no card uses, and what to say instead. */
interface Avoided {
  pattern: RegExp
  say: string
}

/**
 * The words that the house voice avoids: some hurt, some blame, some can be read two ways, and some are known on one side
 * of the ocean or in the engine room alone.
 */
const avoided: readonly Avoided[] = [
  {
    pattern: /\b(?:she|her|hers|him|his|mother|wom[ae]n|mum|mom)\b/iu,
    say: 'leave the person out: "if weaning is wished"',
  },
  { pattern: /\bthe (?:patient|parent)\b/iu, say: 'leave the person out' },
  { pattern: /\bcome back\b/iu, say: 'speak to the clinician: "arrange same-day review for"' },
  { pattern: /\b(?:fail(?:ed|ure)|refractory)\b/iu, say: '"not responding" or "not better"' },
  { pattern: /\bnon-?(?:complian|adheren)\w*/iu, say: '"check that doses were taken"' },
  { pattern: /\bno antibiotic (?:now|on record)\b/iu, say: '"not on an antibiotic"' },
  {
    pattern: /\b(?:empty|drain) the breast\b|\bpump more\b|\bfrequent pumping\b/iu,
    say: '"keep the milk flowing" and "on demand"',
  },
  { pattern: /\bsorry\b/iu, say: '"A loss is on record."' },
  { pattern: /\brule (?:it|this) out\b|\ball-clear\b|\breassuring\b/iu, say: '"exclude", by tissue' },
  { pattern: /\b(?:aggressive|malignant|lethal|alarm\w*)\b/iu, say: '"urgent" or "today"' },
  { pattern: /\bo?edema\b/iu, say: '"swelling"' },
  {
    pattern: /\b(?:haematoma|leucocytes?|paediatric|centre|theatre|colou?r)\b/iu,
    say: 'a word that is spelled the same everywhere',
  },
  { pattern: /\b(?:paracetamol|acetaminophen|ibuprofen)\b/iu, say: '"pain relief"' },
  {
    pattern: /\b(?:GP|ED|US|USS|SBP|MAP|SpO2|WBC|CBC|FBC|INR|PRN|PO|IV|Rx|Dx|Hx|UTC)\b|A&E|\bf\/u\b/u,
    say: 'the words that the letters stand for',
  },
  { pattern: /\b(?:erythema|fluctuan\w+|indurated)\b/iu, say: '"redness", "soft fluid lump" or "firm area"' },
  { pattern: /\b[RDF]\d{1,2}b?\b|\bstage \d\b/u, say: 'what the rule says, without its number' },
  { pattern: /!/u, say: 'it without shouting' },
]

/** The words of a text that the house voice avoids, each with what to say instead. */
export const againstVoice = (text: string): readonly { found: string; say: string }[] =>
  avoided.flatMap(({ pattern, say }) => {
    const [found] = pattern.exec(text) ?? []
    return found === undefined ? [] : [{ found, say }]
  })
