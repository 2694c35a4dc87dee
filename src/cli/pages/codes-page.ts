import type { ListedCode, ListedMedicine, ListedSet } from '../../terminology/list-code-sets.js'
import { systemNames, systemUrl } from '../../terminology/code-systems.js'
import { page, table } from './markdown.js'
import { withRuleLinks } from './rule-links.js'

const shortNames = new Map(systemNames.map((name) => [systemUrl[name], name.toUpperCase()]))

/** A code with the short name of its system: "SCT 53430007". */
export const codeText = ({ system, code }: ListedCode): string =>
  `${shortNames.get(system) ?? system} ${code}`

function setSection(set: ListedSet): readonly (string | readonly string[])[] {
  const { id, title, kind, source, file, codes, wordsIn, plausible } = set
  const also = [
    ...(wordsIn === undefined
      ? []
      : [`Words: \`${wordsIn}\` of each language in [cards/words](../../cards/words/README.md).`]),
    ...(plausible === undefined ? [] : [`Numbers: ${plausible}.`]),
  ]
  return [
    `### ${id}`,
    `${title} (${kind}). ${withRuleLinks(source, '../clinical')}. From \`${file}\`.`,
    ...(codes.length > 0
      ? [
          table(
            ['code', 'display', 'grade', 'counts'],
            codes.map((code) => [codeText(code), code.display ?? '', code.grade, code.only ?? 'always']),
          ),
        ]
      : []),
    ...also,
  ]
}

const medicineRow = ({ name, cover, mrsa, sets, codes, rules }: ListedMedicine): readonly string[] => [
  name,
  cover,
  mrsa,
  sets.join(', '),
  codes.map((code) => `${codeText(code)} (${code.grade})`).join(', '),
  rules.join('; '),
]

/** Every reviewed value set and medicine, with the grade of each code. */
export function codesPage(sets: readonly ListedSet[], medicines: readonly ListedMedicine[]): string {
  return page(
    '# Codes',
    'Grades: **A** in a VSAC expansion, **B** in a DICOM, HL7, IPS, US Core or vital-records list, **C** in an ICD-10-CM listing, **D** in a public LOINC or ATC listing, **E** in at least one other public repository with that meaning, **O** defined by this service and published at `/CodeSystem/breast-check` below its canonical base, **U** unverified and loaded only where a site allows it. CPT codes are numbers only, and loaded only where a site has the licence.',
    table(
      ['short', 'system'],
      systemNames.map((name) => [name.toUpperCase(), systemUrl[name]]),
    ),
    '## Sets',
    ...sets.flatMap(setSection),
    '## Medicines',
    '"Appropriate" cover runs both clocks of an antibiotic, "other" only the one of any antibiotic.',
    table(['medicine', 'cover', 'MRSA', 'sets', 'codes', 'words'], medicines.map(medicineRow)),
  )
}
