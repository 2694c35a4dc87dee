/** Germs that a culture can name, in the words of a card; the first that the text names counts. */
const organisms: readonly (readonly [RegExp, string])[] = [
  [/\b(?:mrsa|met(?:h)?icillin[\s-]*resistant\s+s)/iu, 'MRSA'],
  [/\b(?:staph\w*\s+aureus|s\.?\s*aureus|aureus|mssa)\b/iu, 'S. aureus'],
  [/\b(?:pyogenes|group\s+a\s+strep\w*|gas)\b/iu, 'group A strep'],
  [/\b(?:agalactiae|group\s+b\s+strep\w*|gbs)\b/iu, 'group B strep'],
  [/\b(?:escherichia|e\.?\s*coli)\b/iu, 'E. coli'],
  [/\bklebsiella\b/iu, 'Klebsiella'],
  [/\bpseudomonas\b/iu, 'Pseudomonas'],
  [/\benterococc\w*/iu, 'Enterococcus'],
  [/\benterobacter\w*/iu, 'Enterobacter'],
  [/\bcorynebacter\w*/iu, 'Corynebacterium'],
  [/\bproteus\b/iu, 'Proteus'],
  [/\bserratia\b/iu, 'Serratia'],
  [/\bbacteroides\b/iu, 'Bacteroides'],
  [/\bacinetobacter\b/iu, 'Acinetobacter'],
  [/\bstaph\w*/iu, 'staphylococci'],
  [/\bstrep\w*/iu, 'streptococci'],
  [/\bcandida\b/iu, 'Candida'],
]

/** The germ that these texts name, in the words of a card: "S. aureus"; undefined when they name none that we know. */
export const organismNamed = (texts: readonly string[]): string | undefined =>
  organisms.find(([words]) => texts.some((text) => words.test(text)))?.[1]
