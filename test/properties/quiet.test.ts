import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { FhirResource } from 'fhir/r4.js'
import { ChartBuilder, concept, daysAgo, hoursAgo, words } from '../patients/chart-builder.js'
import { ask, patientView, runs } from './ask.js'
import { anyAsking } from './asking.js'

/** One thing that happens in the chart of a woman whose breasts are well. */
type Happening = (chart: ChartBuilder, hours: number) => void

const happenings: Readonly<Record<string, Happening>> = {
  'she breastfeeds': (chart, hours) => chart.breastfeeding(hoursAgo(hours)),
  'she does not breastfeed': (chart, hours) => chart.notBreastfeeding(hoursAgo(hours)),
  'she gave birth': (chart, hours) => chart.birth(hoursAgo(hours)),
  'lactation visit': (chart, hours) =>
    chart.condition(concept('icd', 'Z39.1', 'Encounter for care of lactating mother'), hoursAgo(hours)),
  'fever of another cause': (chart, hours) => chart.temperature(39.2, hoursAgo(hours)),
  'fast heart': (chart, hours) => chart.heartRate(126, hoursAgo(hours)),
  'fast breath': (chart, hours) => chart.respiratoryRate(28, hoursAgo(hours)),
  'low pressure': (chart, hours) => chart.bloodPressure(86, 50, hoursAgo(hours)),
  lactate: (chart, hours) => chart.laboratory('2524-7', 'Lactate', 3.4, 'mmol/L', hoursAgo(hours)),
  pneumonia: (chart, hours) =>
    chart.condition(concept('icd', 'J18.9', 'Pneumonia, unspecified organism'), hoursAgo(hours)),
  sepsis: (chart, hours) => chart.condition(concept('icd', 'A41.9', 'Sepsis'), hoursAgo(hours)),
  'antibiotic for the bladder': (chart, hours) =>
    chart.cephalexin(hoursAgo(hours), { reasonCode: [words('cystitis')] }),
  'antibiotic without a reason': (chart, hours) => chart.dicloxacillin(hoursAgo(hours)),
  HIV: (chart, hours) => chart.condition(concept('icd', 'B20', 'HIV disease'), hoursAgo(hours)),
  'stillbirth long past': (chart, hours) =>
    chart.condition(concept('icd', 'Z37.1', 'Single stillbirth'), daysAgo(400 + hours / 24)),
  'mastitis long past': (chart, hours) =>
    chart.resolved(chart.mastitis(daysAgo(500), 'left'), daysAgo(480 - hours / 24)),
  'clear examination': (chart, hours) =>
    chart.examNote(
      'No breast erythema, warmth or swelling noted. No lump, no peau d’orange.',
      hoursAgo(hours),
    ),
  advice: (chart, hours) =>
    chart.examNote('Call if the breast becomes red, fluctuant or you have a fever.', hoursAgo(hours)),
  'family history': (chart, hours) => chart.examNote('Family history of breast cancer.', hoursAgo(hours)),
  'knee pain': (chart, hours) =>
    chart.observation(words('Knee examination'), hoursAgo(hours), {
      valueString: 'Left knee red, hot and swollen.',
    }),
  'normal mammogram': (chart, hours) =>
    chart.report(concept('ln', '24606-6', 'MG Breast screening'), hoursAgo(hours), 'BI-RADS 1.'),
}

const quietChart: fc.Arbitrary<readonly FhirResource[]> = fc
  .tuple(
    fc.integer({ min: 10, max: 80 }),
    fc.array(fc.tuple(fc.constantFrom(...Object.keys(happenings)), fc.integer({ min: 0, max: 3000 })), {
      maxLength: 9,
    }),
  )
  .map(([age, told]) => {
    const chart = new ChartBuilder('zz-quiet', { birthDate: `${2026 - age}-01-01` })
    for (const [name, hours] of told) happenings[name]?.(chart, hours)
    return chart.resources
  })

test(`${runs} women without breast signs: no card`, async () => {
  await fc.assert(
    fc.asyncProperty(quietChart, async (chart) => {
      const { status, cards } = await ask(chart, patientView)

      expect(cards.map(({ summary }) => summary)).toEqual([])
      expect(status).toBe(200)
    }),
    { numRuns: runs },
  )
}, 600_000)

test('women without breast signs and with data missing: no card, at most a 412', async () => {
  await fc.assert(
    fc.asyncProperty(quietChart, anyAsking, async (chart, asking) => {
      const { cards } = await ask(chart, { ...asking, hook: 'patient-view', orders: [] })

      expect(cards.map(({ summary }) => summary)).toEqual([])
    }),
    { numRuns: Math.ceil(runs / 3) },
  )
}, 600_000)
