/** Short names of the code systems, as written in `cards/codes/`. */
export const systemNames = ['sct', 'ln', 'icd', 'rx', 'atc', 'cpt', 'icpc', 'v2yn', 'v2route'] as const
export type SystemName = (typeof systemNames)[number]

/** The address of each code system; no other place writes it. */
export const systemUrl: Readonly<Record<SystemName, string>> = {
  sct: 'http://snomed.info/sct',
  ln: 'http://loinc.org',
  icd: 'http://hl7.org/fhir/sid/icd-10-cm',
  rx: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  atc: 'http://www.whocc.no/atc',
  cpt: 'http://www.ama-assn.org/go/cpt',
  icpc: 'http://hl7.org/fhir/sid/icpc-2',
  v2yn: 'http://terminology.hl7.org/CodeSystem/v2-0136',
  v2route: 'http://terminology.hl7.org/CodeSystem/v2-0162',
}

const otherNames: Readonly<Partial<Record<SystemName, readonly string[]>>> = {
  sct: ['urn:oid:2.16.840.1.113883.6.96'],
  ln: ['urn:oid:2.16.840.1.113883.6.1'],
  icd: ['urn:oid:2.16.840.1.113883.6.90'],
  rx: ['urn:oid:2.16.840.1.113883.6.88'],
  atc: ['urn:oid:2.16.840.1.113883.6.73'],
  cpt: ['urn:oid:2.16.840.1.113883.6.12'],
  v2yn: ['urn:oid:2.16.840.1.113883.12.136', 'http://hl7.org/fhir/v2/0136'],
  v2route: ['urn:oid:2.16.840.1.113883.12.162', 'http://hl7.org/fhir/v2/0162'],
}

/** All spellings of a system that records use: http and https, with and without a slash at the end, and its OID. */
export function systemSpellings(name: SystemName): readonly string[] {
  return [systemUrl[name], ...(otherNames[name] ?? [])].flatMap((url) =>
    url.startsWith('http://') ? webSpellings(url) : [url],
  )
}

function webSpellings(url: string): readonly string[] {
  const secure = url.replace('http://', 'https://')
  return [url, `${url}/`, secure, `${secure}/`]
}

/** ICD codes are compared in upper case without the dot: "O91.23" and "o9123" are one code. */
export const plainCode = (system: SystemName | undefined, code: string): string =>
  system === 'icd' || system === 'atc' ? code.replace('.', '').toUpperCase() : code
