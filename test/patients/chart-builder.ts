import type {
  Bundle,
  CodeableConcept,
  Condition,
  DiagnosticReport,
  Encounter,
  FhirResource,
  MedicationAdministration,
  MedicationRequest,
  MedicationStatement,
  Observation,
  Patient,
  Procedure,
  ServiceRequest,
} from 'fhir/r4.js'

/** The moment every invented story is told at, unless its case says otherwise. */
export const storyTime = Date.parse('2026-03-03T09:00:00Z')

/** An ISO instant so many hours before the story's moment (negative: after it). */
export const hoursAgo = (hours: number): string =>
  new Date(storyTime - hours * 3_600_000).toISOString().replace('.000Z', 'Z')

/** An ISO instant so many days before the story's moment. */
export const daysAgo = (days: number): string => hoursAgo(days * 24)

/** A plain date so many days before the story's moment. */
export const dateDaysAgo = (days: number): string => daysAgo(days).slice(0, 10)

const systems = {
  sct: 'http://snomed.info/sct',
  ln: 'http://loinc.org',
  icd: 'http://hl7.org/fhir/sid/icd-10-cm',
  rx: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  atc: 'http://www.whocc.no/atc',
} as const
type SystemName = keyof typeof systems

/** A concept with one coding and its words: `concept('sct', '53430007', 'Breast pain')`. */
export const concept = (system: SystemName, code: string, display: string): CodeableConcept => ({
  coding: [{ system: systems[system], code, display }],
  text: display,
})

/** A concept of words alone, as typed by a clinician. */
export const words = (text: string): CodeableConcept => ({ text })

const sites = {
  left: concept('sct', '80248007', 'Left breast structure'),
  right: concept('sct', '73056007', 'Right breast structure'),
  both: concept('sct', '63762007', 'Both breasts'),
  breast: concept('sct', '76752008', 'Breast structure'),
} as const
export type Site = keyof typeof sites

/** The body site concept of a breast. */
export const site = (name: Site): CodeableConcept => sites[name]

export const yes = concept('sct', '52101004', 'Present')
export const no = concept('sct', '2667000', 'Absent')

/**
 * Builds the resources of one invented patient, one method per kind of entry in a chart.
 *
 * Shape: every method adds a resource with the next id and gives it back, so that a story can bend it.
 */
export class ChartBuilder {
  readonly resources: FhirResource[] = []
  private count = 0

  constructor(
    readonly patientId: string,
    patient: Partial<Patient> = {},
  ) {
    this.resources.push({
      resourceType: 'Patient',
      id: patientId,
      meta: { profile: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient'] },
      identifier: [{ system: 'urn:example:mrn', value: `MRN-${patientId}` }],
      active: true,
      name: [{ use: 'official', family: 'Zzcanary', given: ['Nora'] }],
      gender: 'female',
      birthDate: '1994-05-17',
      ...patient,
    })
  }

  private id(prefix: string): string {
    this.count += 1
    return `${prefix}-${this.count}`
  }

  private get subject(): { reference: string } {
    return { reference: `Patient/${this.patientId}` }
  }

  add<Resource extends FhirResource>(resource: Resource): Resource {
    this.resources.push(resource)
    return resource
  }

  observation(
    code: CodeableConcept,
    at: string | undefined,
    rest: Partial<Observation>,
    category = 'exam',
  ): Observation {
    return this.add<Observation>({
      resourceType: 'Observation',
      id: this.id('obs'),
      status: 'final',
      category: [
        {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: category }],
        },
      ],
      code,
      subject: this.subject,
      ...(at !== undefined && { effectiveDateTime: at }),
      performer: [{ reference: 'Practitioner/zz-midwife' }],
      ...rest,
    })
  }

  quantity(code: CodeableConcept, at: string, value: number, unit: string, category: string): Observation {
    return this.observation(
      code,
      at,
      { valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit } },
      category,
    )
  }

  temperature(value: number, at: string, unit: 'Cel' | '[degF]' = 'Cel'): Observation {
    return this.quantity(concept('ln', '8310-5', 'Body temperature'), at, value, unit, 'vital-signs')
  }

  heartRate(value: number, at: string): Observation {
    return this.quantity(concept('ln', '8867-4', 'Heart rate'), at, value, '/min', 'vital-signs')
  }

  respiratoryRate(value: number, at: string): Observation {
    return this.quantity(concept('ln', '9279-1', 'Respiratory rate'), at, value, '/min', 'vital-signs')
  }

  bloodPressure(systolic: number, diastolic: number, at: string): Observation {
    const part = (code: string, display: string, value: number) => ({
      code: concept('ln', code, display),
      valueQuantity: { value, unit: 'mm[Hg]', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
    })
    return this.observation(
      concept('ln', '85354-9', 'Blood pressure panel'),
      at,
      {
        component: [
          part('8480-6', 'Systolic blood pressure', systolic),
          part('8462-4', 'Diastolic blood pressure', diastolic),
        ],
      },
      'vital-signs',
    )
  }

  laboratory(code: string, display: string, value: number, unit: string, at: string): Observation {
    return this.quantity(concept('ln', code, display), at, value, unit, 'laboratory')
  }

  pain(score: number, at: string, where: Site = 'left'): Observation {
    return this.observation(
      concept('ln', '72514-3', 'Pain severity - 0-10 verbal numeric rating'),
      at,
      {
        valueQuantity: {
          value: score,
          unit: '{score}',
          system: 'http://unitsofmeasure.org',
          code: '{score}',
        },
        bodySite: site(where),
      },
      'survey',
    )
  }

  sign(code: CodeableConcept, at: string, where: Site, rest: Partial<Observation> = {}): Observation {
    return this.observation(code, at, {
      bodySite: site(where),
      ...(rest.valueQuantity || rest.valueString || rest.dataAbsentReason
        ? {}
        : { valueCodeableConcept: yes }),
      ...rest,
    })
  }

  redness(at: string, where: Site, rest: Partial<Observation> = {}): Observation {
    return this.sign(concept('sct', '290070001', 'Red breast'), at, where, rest)
  }

  breastPain(at: string, where: Site, rest: Partial<Observation> = {}): Observation {
    return this.sign(concept('sct', '53430007', 'Breast pain'), at, where, rest)
  }

  lump(at: string, where: Site, rest: Partial<Observation> = {}): Observation {
    return this.sign(concept('sct', '89164003', 'Breast lump'), at, where, rest)
  }

  peauDOrange(at: string, where: Site, rest: Partial<Observation> = {}): Observation {
    return this.sign(concept('sct', '87386002', "Peau d'orange surface of breast"), at, where, rest)
  }

  /** A sentence of a breast examination, as typed. */
  examNote(text: string, at: string, where?: Site): Observation {
    return this.observation(words('Breast examination'), at, {
      valueString: text,
      ...(where && { bodySite: site(where) }),
    })
  }

  feeding(code: 'LA29252-6' | 'LA29253-4' | 'LA4489-6', display: string, at: string): Observation {
    return this.observation(
      concept('ln', '63895-7', 'Breastfeeding status'),
      at,
      { valueCodeableConcept: concept('ln', code, display) },
      'social-history',
    )
  }

  breastfeeding(at: string = daysAgo(5)): Observation {
    return this.feeding('LA29252-6', 'Currently breastfeeding', at)
  }

  notBreastfeeding(at: string): Observation {
    return this.feeding('LA29253-4', 'Not currently breastfeeding', at)
  }

  condition(code: CodeableConcept, onset: string | undefined, rest: Partial<Condition> = {}): Condition {
    return this.add<Condition>({
      resourceType: 'Condition',
      id: this.id('cond'),
      clinicalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
      },
      verificationStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed' }],
      },
      category: [
        {
          coding: [
            { system: 'http://terminology.hl7.org/CodeSystem/condition-category', code: 'problem-list-item' },
          ],
        },
      ],
      code,
      subject: this.subject,
      ...(onset !== undefined && { onsetDateTime: onset, recordedDate: onset }),
      ...rest,
    })
  }

  mastitis(onset: string | undefined, where?: Site): Condition {
    return this.condition(
      concept('icd', 'O91.23', 'Nonpurulent mastitis associated with lactation'),
      onset,
      where ? { bodySite: [site(where)] } : {},
    )
  }

  resolved(condition: Condition, at: string): Condition {
    condition.clinicalStatus = {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'resolved' }],
    }
    condition.abatementDateTime = at
    return condition
  }

  medicationRequest(
    medicine: CodeableConcept,
    authoredOn: string,
    rest: Partial<MedicationRequest> = {},
  ): MedicationRequest {
    return this.add<MedicationRequest>({
      resourceType: 'MedicationRequest',
      id: this.id('med'),
      status: 'active',
      intent: 'order',
      medicationCodeableConcept: medicine,
      subject: this.subject,
      authoredOn,
      requester: { reference: 'Practitioner/zz-gp' },
      ...rest,
    })
  }

  dicloxacillin(authoredOn: string, rest: Partial<MedicationRequest> = {}): MedicationRequest {
    return this.medicationRequest(concept('rx', '3356', 'Dicloxacillin'), authoredOn, rest)
  }

  cephalexin(authoredOn: string, rest: Partial<MedicationRequest> = {}): MedicationRequest {
    return this.medicationRequest(concept('rx', '309114', 'cephalexin 500 MG Oral Capsule'), authoredOn, rest)
  }

  administration(
    medicine: CodeableConcept,
    at: string,
    rest: Partial<MedicationAdministration> = {},
  ): MedicationAdministration {
    return this.add<MedicationAdministration>({
      resourceType: 'MedicationAdministration',
      id: this.id('adm'),
      status: 'completed',
      medicationCodeableConcept: medicine,
      subject: this.subject,
      effectiveDateTime: at,
      ...rest,
    })
  }

  statement(
    medicine: CodeableConcept,
    start: string,
    rest: Partial<MedicationStatement> = {},
  ): MedicationStatement {
    return this.add<MedicationStatement>({
      resourceType: 'MedicationStatement',
      id: this.id('stm'),
      status: 'active',
      medicationCodeableConcept: medicine,
      subject: this.subject,
      effectivePeriod: { start },
      ...rest,
    })
  }

  serviceRequest(
    code: CodeableConcept,
    authoredOn: string,
    rest: Partial<ServiceRequest> = {},
  ): ServiceRequest {
    return this.add<ServiceRequest>({
      resourceType: 'ServiceRequest',
      id: this.id('req'),
      status: 'active',
      intent: 'order',
      code,
      subject: this.subject,
      authoredOn,
      ...rest,
    })
  }

  procedure(code: CodeableConcept, at: string, rest: Partial<Procedure> = {}): Procedure {
    return this.add<Procedure>({
      resourceType: 'Procedure',
      id: this.id('proc'),
      status: 'completed',
      code,
      subject: this.subject,
      performedDateTime: at,
      ...rest,
    })
  }

  report(
    code: CodeableConcept,
    at: string,
    conclusion: string,
    rest: Partial<DiagnosticReport> = {},
  ): DiagnosticReport {
    return this.add<DiagnosticReport>({
      resourceType: 'DiagnosticReport',
      id: this.id('rep'),
      status: 'final',
      code,
      subject: this.subject,
      effectiveDateTime: at,
      issued: at,
      conclusion,
      ...rest,
    })
  }

  ultrasound(at: string, conclusion: string, where: 'left' | 'right' = 'left'): DiagnosticReport {
    const code =
      where === 'left'
        ? concept('ln', '26215-4', 'US Breast - left')
        : concept('ln', '26216-2', 'US Breast - right')
    return this.report(code, at, conclusion)
  }

  birth(at: string): Condition {
    return this.condition(concept('icd', 'Z37.0', 'Single live birth'), at)
  }

  encounter(rest: Partial<Encounter>): Encounter {
    return this.add<Encounter>({
      resourceType: 'Encounter',
      id: this.id('enc'),
      status: 'in-progress',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      subject: this.subject,
      ...rest,
    })
  }

  /** The whole chart as a collection Bundle, as stored in `fhir-fixtures/`. */
  bundle(): Bundle {
    return {
      resourceType: 'Bundle',
      id: this.patientId,
      type: 'collection',
      entry: this.resources.map((resource) => ({
        fullUrl: `https://ehr.example.org/r4/${resource.resourceType}/${String(resource.id)}`,
        resource,
      })),
    }
  }
}
