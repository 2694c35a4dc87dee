/** Words that would do harm if any page took them for more than words. */
export const hostileWords: readonly string[] = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(2)</script>',
  '</pre><iframe src="javascript:alert(3)"></iframe>',
  '[click](javascript:alert(4)) [x](https://evil.example/) ![i](https://evil.example/i.png)',
  '# heading **bold** `code` | a | b |\n|---|---|',
  '\u202Eesrever\u202C \u2066bidi\u2069 \u0000\u001B[31mred',
  '{{constructor}} ${alert(5)} __proto__',
  'ß'.repeat(4_000),
]

const harm = hostileWords.join(' ')
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString()
const subject = { reference: 'Patient/hostile' }
const breast = [
  { coding: [{ system: 'http://snomed.info/sct', code: '80248007', display: harm }], text: harm },
]

/** A patient with mastitis whose every free text is hostile. */
export const hostileBundle = (): unknown => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: [
    {
      resource: {
        resourceType: 'Patient',
        id: 'hostile',
        gender: 'female',
        birthDate: '1994-05-17',
        name: [{ family: harm, given: [harm], text: harm }],
        text: { status: 'generated', div: `<div>${harm}</div>` },
      },
    },
    {
      resource: {
        resourceType: 'Condition',
        id: 'cond-1',
        subject,
        code: {
          coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'O91.23', display: harm }],
          text: harm,
        },
        bodySite: breast,
        onsetDateTime: hoursAgo(50),
        note: [{ text: harm }],
      },
    },
    ...[50, 2].map((hours) => ({
      resource: {
        resourceType: 'Observation',
        id: `temperature-${hours}`,
        status: 'final',
        subject,
        code: { coding: [{ system: 'http://loinc.org', code: '8310-5', display: harm }], text: harm },
        effectiveDateTime: hoursAgo(hours),
        valueQuantity: { value: 38.9, unit: harm, system: 'http://unitsofmeasure.org', code: 'Cel' },
      },
    })),
    {
      resource: {
        resourceType: 'Observation',
        id: 'exam-1',
        status: 'final',
        category: [{ coding: [{ code: 'exam' }] }],
        subject,
        code: { text: `breast examination ${harm}` },
        bodySite: breast[0],
        effectiveDateTime: hoursAgo(2),
        valueString: `Left breast red and painful. ${harm}`,
      },
    },
    {
      resource: {
        resourceType: 'MedicationRequest',
        id: 'med-1',
        status: 'active',
        intent: 'order',
        subject,
        authoredOn: hoursAgo(49),
        medicationCodeableConcept: { text: `dicloxacillin ${harm}` },
        reasonCode: [{ text: `mastitis ${harm}` }],
        dosageInstruction: [{ text: harm }],
      },
    },
    {
      resource: {
        resourceType: 'DiagnosticReport',
        id: 'report-1',
        status: 'final',
        subject,
        code: { text: `breast ultrasound ${harm}` },
        effectiveDateTime: hoursAgo(1),
        conclusion: `No abscess. ${harm}`,
      },
    },
  ],
})
