/**
 * Short names of the code systems, as written in `cards/codes/`; `icd10` is that of the WHO with its national forms, `check`
 * is the service's own.
 */
export const systemNames = [
  'sct',
  'ln',
  'icd',
  'icd10',
  'icd11',
  'rx',
  'atc',
  'cpt',
  'icpc',
  'check',
  'v2yn',
  'v2route',
] as const
export type SystemName = (typeof systemNames)[number]

/** The main address of each code system; `cards/codes/systems.yaml` lists its other ones. */
export const systemUrl: Readonly<Record<SystemName, string>> = {
  sct: 'http://snomed.info/sct',
  ln: 'http://loinc.org',
  icd: 'http://hl7.org/fhir/sid/icd-10-cm',
  icd10: 'http://hl7.org/fhir/sid/icd-10',
  icd11: 'http://id.who.int/icd/release/11/mms',
  rx: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  atc: 'http://www.whocc.no/atc',
  cpt: 'http://www.ama-assn.org/go/cpt',
  icpc: 'http://hl7.org/fhir/sid/icpc-2',
  check: 'CodeSystem/breast-check', // below the canonical base of each installation
  v2yn: 'http://terminology.hl7.org/CodeSystem/v2-0136',
  v2route: 'http://terminology.hl7.org/CodeSystem/v2-0162',
}

const icdSystems: ReadonlySet<SystemName> = new Set(['icd', 'icd10', 'icd11'])

/** Is the system a classification of diseases, in which the beginning of a code names its chapter? */
export const isIcd = (system: SystemName | undefined): boolean =>
  system !== undefined && icdSystems.has(system)

const writtenInCapitals: ReadonlySet<SystemName> = new Set(['icd', 'icd10', 'icd11', 'icpc', 'atc'])

/** The marks of ICD-10 behind a code: of a cause, its place in the body, or an addition. */
const marksBehind = /[+*!†‡#]/

/**
 * A code as it is compared.
 *
 * Edge: ICD and ATC codes are compared in upper case, without dot, blank, final hyphen or the marks behind a code:
 *       "O91.23", "o9123" and "O91.23+" are one code.
 */
export function plainCode(system: SystemName | undefined, code: string): string {
  if (system === undefined || !writtenInCapitals.has(system)) return code
  const marks = code.search(marksBehind)
  return (marks < 0 ? code : code.slice(0, marks)).replace(/[.\s-]/g, '').toUpperCase()
}
