import type { Assessment, Scope } from '../../src/assess/assessment.js'
import type { CardValues } from '../../src/assess/views.js'
import { absent, cannotTell, present, type Evidence, type Finding } from '../../src/assess/finding.js'
import type { FindingName } from '../../src/assess/finding-names.js'
import type { CardCall } from '../../src/cards/choose/call.js'
import type { HookName } from '../../src/protocol/hook-request.js'
import type { ClientSettings } from '../../src/config/settings.js'

export const now = Date.parse('2026-03-03T09:00:00Z')

const values: CardValues = {
  side: 'left breast',
  Side: 'Left breast',
  backAfter: '',
  illFor: '30 h',
  T: '',
  longDays: '',
  dischargeDays: '',
  Stage: 'Mastitis',
  coverFor: '50 h',
  course: '50 h of dicloxacillin',
  aptCourse: '50 h of dicloxacillin',
  review: 'Same-day review for',
  acuteDay: '5 Mar',
  dueTime: '5 Mar 09:00',
  suspiciousScan: '',
  collection: 'Collection',
  D: '14',
  criteria: '',
  firstCriterion: '',
  sepsisAge: '',
  sepsisTiming: '',
  sepsisFirst: '',
  sepsisSource: '',
  otherSource: '',
  severeSign: '',
  SevereSign: '',
  milkRemoval: '',
  stasisFever: '',
  fact: '',
  drug: '',
  reason: '',
  allergy: '',
  drugKind: '',
  firstDrug: 'dicloxacillin',
  infantAge: 'infant age not known',
  cultureDay: '',
  organism: '',
  missedBy: '',
  susceptibleTo: '',
  resistantAgents: '',
  susceptibleAgents: '',
  sulfaCheck: '',
  comfort: 'Cold.',
  milkIsSafe: 'The milk is safe.',
  maternityTeam: '',
  allergies: 'none on record',
  notMeasured: '',
  scan: '',
  rescanTime: '',
  rescanDay: '',
  unreadScan: '',
  imaging: '',
}

export const fact = (what: string, more: Partial<Evidence> = {}): Evidence => ({
  what,
  source: 'Observation/a',
  when: { earliest: now, latest: now },
  fromText: false,
  ...more,
})

export type Told = 'present' | 'absent' | 'cannot-tell' | Finding

const findingOf = (name: string, told: Told): Finding => {
  if (typeof told === 'object') return told
  if (told === 'present') return present(`${name} holds`, fact(`${name} seen`))
  return told === 'absent' ? absent(`${name} does not hold`) : cannotTell(`${name} cannot be told`)
}

/** One scope with these findings; all others are not asked. */
export function scopeOf(told: Partial<Record<FindingName, Told>>, more: Partial<Scope> = {}): Scope {
  const side = more.side
  return {
    stage: 'bacterial-mastitis',
    findings: new Map(
      Object.entries(told).map(([name, what]) => [name as FindingName, findingOf(name, what)] as const),
    ),
    ...more,
    values: { ...values, ...(side !== undefined && { side: `${side} breast` }), ...more.values },
  }
}

export const assessmentOf = (scopes: readonly Scope[], more: Partial<Assessment> = {}): Assessment => ({
  now,
  inScope: present('an adult who lactates'),
  scopes,
  feeding: { phrase: 'none', sentences: [] },
  additions: [],
  missing: [],
  unreadRequired: [],
  leadingStage: 'bacterial-mastitis',
  sepsisCriteria: [],
  ...more,
})

export const client: ClientSettings = {
  id: 'hospital-a',
  iss: 'https://ehr.example.org/',
  algorithms: ['ES384'],
  tenants: [],
  audiences: [],
  maxTokenLifetimeMs: 3_600_000,
  fhirServers: [],
  allowAnyFhirServer: false,
  allowNetworks: [],
  corsOrigins: [],
  rulesMode: 'live',
  onMissingData: '412',
  deadlineMs: 2500,
  requestTimeoutMs: 1500,
  actionSelectionBehavior: false,
  links: [],
  cardsOff: [],
}

export const callOf = (hook: HookName = 'patient-view', more: Partial<ClientSettings> = {}): CardCall => ({
  request: {
    serviceId: `mastitis-${hook}`,
    hook,
    hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
    patientId: 'p1',
    userId: 'Practitioner/u1',
  },
  client: { ...client, ...more },
  invocationId: '0a7a5a3e-8f1b-4c57-9d1c-6f0f6f1f2a3b',
})
