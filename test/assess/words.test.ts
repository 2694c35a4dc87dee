import { expect, test } from '@jest/globals'
import type { BreastSide } from '../../src/assess/views.js'
import type { FindingName } from '../../src/assess/finding-names.js'
import type { Facts } from '../../src/facts/facts.js'
import { assessed } from './assessed.js'
import {
  antibiotic,
  birth,
  both,
  care,
  culture,
  daysAgo,
  done,
  draft,
  hoursAgo,
  left,
  measure,
  medicineDraft,
  order,
  problem,
  problemSince,
  seen,
  sign,
  skinBiopsy,
  statement,
  temperature,
  ultrasoundResult,
  unread,
} from './facts-of.js'

const mastitis = (hours: number) => problemSince('mastitis-lactational', hoursAgo(hours), left)

// Not the verdict but the words: the reason, and each line of evidence that a card prints.
test.each<[string, Partial<Facts>, BreastSide, FindingName, string, readonly string[]]>([
  [
    'a sign with all that is recorded of it',
    {
      signs: [
        seen('fluctuance', 20, {
          grade: 'moderate',
          size: { value: 2.25, unit: 'cm' },
          share: 0.35,
          possible: true,
        }),
        seen('fluctuance', 2),
      ],
    },
    'left',
    'fluctuance',
    'fluctuance recorded',
    ['fluctuance, moderate, 2.3 cm, 35 % of the breast, recorded as possible', 'fluctuance'],
  ],
  [
    'an area',
    { signs: [seen('fluctuance', 2, { size: { value: 6, unit: 'cm2' } })] },
    'left',
    'fluctuance',
    'fluctuance recorded',
    ['fluctuance, 6 cm²'],
  ],
  [
    'a sign recorded absent',
    { signs: [seen('lump', 2), seen('fluctuance', 2, { state: 'absent' })] },
    'left',
    'fluctuance',
    'fluctuance recorded absent',
    [],
  ],
  ['a sign not recorded', { signs: [seen('lump', 2)] }, 'left', 'fluctuance', 'fluctuance not recorded', []],
  [
    'a pain score',
    { births: [birth('living-infant', daysAgo(2))], measures: [measure('pain', 6, hoursAgo(3), both)] },
    'left',
    'stage-engorgement',
    'stage engorgement: both breasts are full without focal signs; swelling or pain of at least moderate severity; no redness; no high fever',
    ['pain score 6 of 10', 'pain score 6 of 10', 'pain score 6 of 10'],
  ],
  [
    'a severe swelling',
    {
      births: [birth('living-infant', daysAgo(2))],
      signs: [seen('swelling', 3, { ...both, grade: 'severe' })],
    },
    'left',
    'stage-engorgement',
    'stage engorgement: both breasts are full without focal signs; swelling or pain of at least moderate severity; no redness; no high fever',
    ['breast swelling, severe', 'breast swelling, severe', 'breast swelling, severe'],
  ],
  [
    'what a recovery was read from',
    {
      problems: [mastitis(60)],
      medicines: [antibiotic(hoursAgo(60))],
      signs: [seen('erythema', 55, { share: 0.5 }), seen('erythema', 1, { state: 'absent' })],
    },
    'left',
    'response-improved',
    'improved on antibiotics',
    ['breast redness, 50 % of the breast', 'breast redness, recorded absent'],
  ],
  [
    'the share of a weaker sign, and when each was seen',
    {
      signs: [
        seen('erythema', 240, { share: 0.4 }),
        seen('erythema', 20, { share: 0.4 }),
        seen('bloody-discharge', 200),
        seen('bloody-discharge', 3),
      ],
    },
    'left',
    'ibc-r2',
    'bloody nipple discharge recorded; breast redness recorded; breast redness of a third of the breast or more; first of these recorded more than 7 days ago; no fever',
    [
      'bloody nipple discharge',
      'bloody nipple discharge',
      'breast redness, 40 % of the breast',
      'breast redness, 40 % of the breast',
      'breast redness, 40 % of the breast',
    ],
  ],
  [
    'a normal ultrasound',
    { results: [ultrasoundResult('normal', hoursAgo(5), left)] },
    'unspecified',
    'ultrasound-ordered',
    'ultrasound ordered or done',
    ['ultrasound: no abscess or collection'],
  ],
  [
    'a suspicious one, with category and size',
    {
      lactation: [statement('yes', hoursAgo(1))],
      results: [ultrasoundResult('suspicious', hoursAgo(5), { ...left, birads: 4, sizeCm: 2.54 })],
    },
    'left',
    'ibc-r6',
    'suspicious imaging without a tissue result or referral since',
    ['ultrasound: suspicious, BI-RADS 4, 2.5 cm'],
  ],
  [
    'a referral since',
    {
      lactation: [statement('yes', hoursAgo(1))],
      results: [ultrasoundResult('suspicious', hoursAgo(5), { ...left, birads: 4 })],
      care: [care('referral', hoursAgo(2), left)],
    },
    'left',
    'ibc-r6',
    'tissue result or referral since the imaging',
    [],
  ],
  [
    'a scan that is not suspicious',
    { lactation: [statement('yes', hoursAgo(1))], results: [ultrasoundResult('abscess', hoursAgo(5), left)] },
    'left',
    'ibc-r6',
    'no suspicious imaging',
    [],
  ],
  [
    'the status not known',
    { results: [ultrasoundResult('normal', hoursAgo(5), { side: 'unspecified', birads: 4 })] },
    'unspecified',
    'ibc-r6',
    'lactation is not known, probable or recent',
    [],
  ],
  [
    'an ultrasound without abscess',
    {
      problems: [mastitis(60)],
      medicines: [antibiotic(hoursAgo(59))],
      results: [ultrasoundResult('normal', hoursAgo(5), left)],
    },
    'left',
    'ultrasound-without-abscess',
    'ultrasound since the antibiotic shows no abscess or collection',
    ['ultrasound: no abscess or collection'],
  ],
  [
    'an abscess seen',
    { results: [ultrasoundResult('abscess', hoursAgo(5), { ...left, sizeCm: 3 })] },
    'left',
    'ultrasound-collection',
    'ultrasound shows an abscess or collection',
    ['ultrasound: abscess, 3 cm'],
  ],
  [
    'an ultrasound ordered',
    { problems: [mastitis(5)], care: [care('ultrasound', hoursAgo(2), left)] },
    'left',
    'ultrasound-ordered',
    'ultrasound ordered or done',
    ['ultrasound ordered'],
  ],
  [
    'a drainage done',
    { problems: [mastitis(5)], care: [care('drainage', hoursAgo(2), { ...done, ...left })] },
    'left',
    'drainage-ordered',
    'drainage ordered or done',
    ['drainage done'],
  ],
  [
    'a benign biopsy',
    { problems: [mastitis(5)], results: [skinBiopsy('benign', 3)] },
    'left',
    'biopsy-benign',
    'the benign result is one of skin alone',
    ['skin biopsy: benign'],
  ],
  [
    'a biopsy reported',
    { problems: [mastitis(5)], results: [skinBiopsy('reported', 3)] },
    'left',
    'biopsy-ordered',
    'biopsy ordered or done',
    ['skin biopsy: reported'],
  ],
  [
    'not better after a drainage',
    {
      problems: [mastitis(100)],
      care: [care('incision', hoursAgo(71), { ...done, ...left })],
      measures: [measure('pain', 6, hoursAgo(3), left)],
    },
    'left',
    'after-drainage-not-better',
    'not better 48 h after drainage',
    ['incision done', 'pain score 6 of 10'],
  ],
  [
    'a review ordered',
    { care: [care('review', hoursAgo(2))] },
    'unspecified',
    'review-ordered',
    'a review is ordered',
    ['review ordered'],
  ],
  [
    'a review drafted',
    { drafts: [draft({ needs: ['review'] })] },
    'unspecified',
    'review-drafted',
    'a review is among the drafts',
    ['review selected now'],
  ],
  [
    'an ultrasound drafted',
    { drafts: [draft({ needs: ['ultrasound'] })] },
    'unspecified',
    'ultrasound-drafted',
    'breast ultrasound is among the drafts',
    ['draft order of breast ultrasound'],
  ],
  [
    'a diagnosis of two kinds is named by the breast',
    { problems: [problemSince(['prolactinoma', 'mastitis-nos'], hoursAgo(5), left)] },
    'left',
    'driving-diagnosis',
    'diagnosis of mastitis on record',
    ['mastitis'],
  ],
  [
    'a diagnosis without a date',
    { problems: [problem('abscess-nos', left)] },
    'left',
    'undated-diagnosis',
    'a diagnosis of mastitis or abscess has no date',
    ['breast abscess'],
  ],
  [
    'an earlier antibiotic',
    { problems: [mastitis(20)], medicines: [antibiotic(daysAgo(40), { end: daysAgo(30) })] },
    'left',
    'recurrence',
    'an earlier episode of the same breast on record',
    ['dicloxacillin ordered'],
  ],
  [
    'an earlier cover of this diagnosis',
    {
      problems: [{ ...mastitis(960), recorded: hoursAgo(5) }],
      medicines: [
        antibiotic(daysAgo(40), { end: daysAgo(30) }),
        antibiotic(hoursAgo(20), { source: 'MedicationRequest/2' }),
      ],
    },
    'left',
    'recurrence',
    'an earlier episode of the same breast on record',
    ['dicloxacillin ordered'],
  ],
  [
    'the antibiotics of a failure',
    {
      problems: [mastitis(100)],
      medicines: [
        antibiotic(hoursAgo(99)),
        antibiotic(hoursAgo(50), { source: 'MedicationRequest/2' }),
        order('cephalexin', hoursAgo(40), { cover: 'appropriate' }),
      ],
      measures: [temperature(39, 90), temperature(38.6, 2)],
    },
    'left',
    'failed',
    'no improvement at 99 h of antibiotics',
    ['dicloxacillin started', 'cephalexin started', 'temperature 39.0 °C', 'temperature 38.6 °C'],
  ],
  [
    'the same for R3',
    {
      problems: [mastitis(100)],
      medicines: [antibiotic(hoursAgo(99))],
      measures: [temperature(39, 90), temperature(38.6, 2)],
    },
    'left',
    'ibc-r3',
    'no response at 99 h of appropriate antibiotics',
    ['dicloxacillin started', 'temperature 39.0 °C', 'temperature 38.6 °C'],
  ],
  [
    'hours of antibiotics',
    { problems: [mastitis(100)], medicines: [antibiotic(hoursAgo(99.5))] },
    'left',
    'window-late',
    '99 h of antibiotics',
    ['dicloxacillin started'],
  ],
  [
    'another window',
    { problems: [mastitis(100)], medicines: [antibiotic(hoursAgo(99.5))] },
    'left',
    'window-early',
    '99 h of antibiotics',
    [],
  ],
  ['no antibiotic', { problems: [mastitis(100)] }, 'left', 'window-early', 'no antibiotic cover', []],
  [
    'improved at that many hours',
    {
      problems: [mastitis(100)],
      medicines: [antibiotic(hoursAgo(99))],
      measures: [temperature(39, 95), temperature(37, 2)],
    },
    'left',
    'failed',
    'improved at 99 h of antibiotics',
    ['temperature 39.0 °C', 'temperature 37.0 °C'],
  ],
  [
    'response not recorded',
    { problems: [mastitis(100)], medicines: [antibiotic(hoursAgo(99))] },
    'left',
    'failed',
    'response at 99 h of antibiotics not recorded',
    [],
  ],
  [
    'a culture resistant to what she gets',
    {
      problems: [mastitis(20)],
      medicines: [antibiotic(hoursAgo(20))],
      results: [
        culture(hoursAgo(10), { ...left, susceptibilities: [{ ingredient: 'dicloxacillin', verdict: 'R' }] }),
      ],
    },
    'left',
    'cover-may-miss-mrsa',
    'culture resistant to every antibiotic given; the antibiotic may not cover MRSA',
    ['culture positive', 'dicloxacillin ordered'],
  ],
  [
    'ill for less than a day',
    { problems: [mastitis(20)] },
    'left',
    'no-antibiotic-24h',
    'less than 24 h on record, and no fever values 24 h apart',
    [],
  ],
  [
    'fever values a day apart',
    { measures: [temperature(39, 50), temperature(38.6, 2)] },
    'unspecified',
    'no-antibiotic-24h',
    'no antibiotic cover; fever values 24 h or more apart',
    ['temperature 38.6 °C'],
  ],
  [
    'the stage and why',
    { problems: [mastitis(20)], measures: [temperature(38.6, 2)] },
    'left',
    'stage-bacterial-mastitis',
    'stage bacterial mastitis: diagnosis of mastitis on record; temperature 38.6 °C',
    ['lactational mastitis', 'temperature 38.6 °C'],
  ],
  [
    'a stage that is not reached',
    { problems: [mastitis(20)], measures: [temperature(38.6, 2)] },
    'left',
    'stage-engorgement',
    'no diagnosis of engorgement and no graded fullness soon after delivery',
    [],
  ],
  [
    'a lower stage than the one reached',
    { problems: [mastitis(30)] },
    'left',
    'stage-inflammatory-mastitis',
    'stage is bacterial mastitis',
    [],
  ],
  ['no stage', {}, 'unspecified', 'stage-none', 'stage none: no row of the stage table holds', []],
  [
    'an abscess that a newer scan does not show',
    {
      problems: [problemSince('abscess-nos', hoursAgo(40), left)],
      results: [ultrasoundResult('normal', hoursAgo(5), left)],
    },
    'left',
    'stage-abscess',
    'a newer ultrasound shows no abscess or collection',
    [],
  ],
  [
    'inflammation by several combinations',
    {
      signs: [seen('breast-pain', 3), seen('erythema', 3), seen('swelling', 3)],
      measures: [temperature(38.6, 2)],
    },
    'left',
    'infection-explains-signs',
    'signs of inflammation; temperature 38.6 °C',
    ['breast pain', 'breast redness', 'breast swelling', 'temperature 38.6 °C'],
  ],
  [
    'malaise in words',
    { signs: [seen('breast-pain', 3), seen('erythema', 3), seen('malaise', 2)] },
    'left',
    'stage-bacterial-mastitis',
    'stage bacterial mastitis: signs of inflammation; malaise or chills recorded',
    ['breast pain', 'breast redness', 'malaise'],
  ],
  [
    'fever in words',
    { signs: [seen('breast-pain', 3), seen('erythema', 3), seen('fever-finding', 2)] },
    'left',
    'stage-bacterial-mastitis',
    'stage bacterial mastitis: signs of inflammation; fever recorded',
    ['breast pain', 'breast redness', 'fever'],
  ],
  [
    'fever in words, recorded as unknown',
    { signs: [seen('lump', 3), seen('fever-finding', 2, { state: 'unknown' })] },
    'left',
    'stage-bacterial-mastitis',
    'fever recorded as unknown',
    [],
  ],
  [
    'breastfeeding',
    { lactation: [statement('yes', hoursAgo(5))] },
    'unspecified',
    'lactating',
    'recorded as breastfeeding',
    ['charted as breastfeeding'],
  ],
  [
    'stopped lately',
    { lactation: [statement('yes', daysAgo(20)), statement('no', daysAgo(2))] },
    'unspecified',
    'recently-weaned',
    'recorded as stopped within 84 days',
    ['charted as not breastfeeding', 'charted as breastfeeding'],
  ],
  [
    'not breastfeeding after a delivery',
    { births: [birth('delivery', daysAgo(30))], lactation: [statement('no', daysAgo(2))] },
    'unspecified',
    'recently-weaned',
    'recorded as not breastfeeding, delivery within 84 days',
    ['charted as not breastfeeding'],
  ],
  [
    'a later diagnosis speaks of lactation',
    {
      lactation: [statement('no', daysAgo(20))],
      problems: [problemSince(['mastitis-lactational'], daysAgo(2))],
    },
    'unspecified',
    'lactation-unknown',
    'recorded as not breastfeeding, but a later diagnosis speaks of lactation',
    ['charted as not breastfeeding', 'lactational mastitis'],
  ],
  [
    'not breastfeeding',
    { lactation: [statement('no', daysAgo(20))] },
    'unspecified',
    'not-lactating',
    'recorded as not breastfeeding',
    ['charted as not breastfeeding'],
  ],
  [
    'a condition of weaning',
    { problems: [problemSince('weaned', daysAgo(2))] },
    'unspecified',
    'recently-weaned',
    'a condition of weaning is on record',
    ['suppressed lactation'],
  ],
  [
    'a condition of lactation, by its newest record',
    {
      problems: [
        problemSince('lactation-condition', daysAgo(20)),
        problemSince('lactation-condition', daysAgo(2), { source: 'Condition/newer' }),
      ],
    },
    'unspecified',
    'lactating',
    'a condition of lactation is on record',
    ['lactation'],
  ],
  [
    'the delivery, and no other birth entry',
    { births: [birth('delivery', daysAgo(20)), birth('preterm', daysAgo(19), { weeks: 34.5 })] },
    'unspecified',
    'probably-lactating',
    'delivered within 84 days',
    ['delivery'],
  ],
  [
    'inferred from mastitis',
    { problems: [problemSince('mastitis-lactational', daysAgo(2), { saysLactation: true })] },
    'unspecified',
    'lactating',
    'inferred from the diagnosis code',
    ['lactational mastitis'],
  ],
  [
    'inferred from an abscess',
    { problems: [problemSince('abscess-lactational', daysAgo(2))] },
    'unspecified',
    'probably-lactating',
    'inferred from the diagnosis code, which proves no feeding',
    ['lactational breast abscess'],
  ],
  [
    'inferred from engorgement',
    { problems: [problemSince('engorgement', daysAgo(2))] },
    'unspecified',
    'probably-lactating',
    'inferred from the diagnosis code, which proves no feeding',
    ['engorgement'],
  ],
  [
    'statements unread',
    { reads: unread('lactationStatus'), births: [birth('delivery', daysAgo(20))] },
    'unspecified',
    'probably-lactating',
    'delivered within 84 days',
    ['delivery'],
  ],
  [
    'conditions unread, so "no" is not believed',
    { reads: unread('conditions'), lactation: [statement('no', daysAgo(20))] },
    'unspecified',
    'may-be-lactating',
    'conditions could not be read',
    ['charted as not breastfeeding'],
  ],
  [
    'a loss',
    { births: [birth('infant-loss', daysAgo(20))] },
    'unspecified',
    'infant-loss',
    'a loss is on record',
    ['loss of an infant'],
  ],
  [
    'an infant elsewhere',
    { births: [birth('infant-elsewhere', daysAgo(20))] },
    'unspecified',
    'infant-elsewhere',
    'an infant who is not with her is on record',
    ['infant not with her'],
  ],
  [
    'why nothing is said: a loss',
    { lactation: [statement('yes', hoursAgo(5))], births: [birth('infant-loss', daysAgo(20))] },
    'unspecified',
    'feeding-none',
    'a loss is on record',
    ['charted as breastfeeding'],
  ],
  [
    'why nothing is said: pregnant',
    { problems: [problemSince('mastitis-pregnancy', daysAgo(2))] },
    'unspecified',
    'feeding-none',
    'pregnant, and not recorded as lactating',
    [],
  ],
  [
    'why nothing is said: the status',
    { lactation: [statement('no', daysAgo(20))] },
    'unspecified',
    'feeding-none',
    'recorded as not breastfeeding',
    ['charted as not breastfeeding'],
  ],
  [
    'why plainly',
    { lactation: [statement('yes', hoursAgo(5))] },
    'unspecified',
    'feeding-plain',
    'recorded as breastfeeding',
    ['charted as breastfeeding'],
  ],
  [
    'two rows',
    { lactation: [statement('yes', hoursAgo(5))], problems: [problem('htlv'), problem('hiv')] },
    'unspecified',
    'feeding-caution',
    'on record: HTLV, HIV',
    ['HTLV', 'HIV'],
  ],
  [
    'what could not be looked for',
    { lactation: [statement('yes', hoursAgo(5))], reads: unread('conditions', 'medicationRequests') },
    'unspecified',
    'milk-cannot-tell',
    'conditions and medicines could not be read',
    [],
  ],
  [
    'a medicine during which milk is not given',
    { medicines: [order('methotrexate', hoursAgo(5), { sets: ['contraindicated'] })] },
    'unspecified',
    'milk-caution-row',
    'on record: a contraindicated medicine',
    ['methotrexate'],
  ],
  [
    'one that is known only by its class',
    { medicines: [order('x', hoursAgo(5), { ingredients: [], sets: ['contraindicated'] })] },
    'unspecified',
    'milk-caution-row',
    'on record: a contraindicated medicine',
    ['contraindicated medicine'],
  ],
  [
    'hepatitis C and a broken nipple',
    { problems: [problem('hepatitis-c')], signs: [sign('nipple-fissure', hoursAgo(3))] },
    'unspecified',
    'milk-caution-row',
    'on record: hepatitis C, broken nipple',
    ['hepatitis C', 'cracked or bleeding nipple'],
  ],
  [
    'an opioid under treatment, beside another drug',
    {
      problems: [problem('substance-opioid'), problem('substance-other')],
      medicines: [order('methadone', hoursAgo(9), { sets: ['opioid-agonist-treatment'] })],
    },
    'unspecified',
    'milk-caution-row',
    'on record: drug use',
    ['drug use', 'opioid use'],
  ],
  [
    'galactosemia',
    { births: [birth('galactosemia-text', daysAgo(3))] },
    'unspecified',
    'milk-caution-row',
    'on record: infant galactosemia',
    ['infant with classic galactosemia'],
  ],
  [
    'a preterm infant',
    { births: [birth('preterm', daysAgo(3), { weeks: 34.5 })] },
    'unspecified',
    'milk-caution-row',
    'on record: preterm or ill infant',
    ['preterm birth at 34 weeks'],
  ],
  [
    'a preterm infant of unknown age',
    { births: [birth('preterm', daysAgo(3))] },
    'unspecified',
    'milk-caution-row',
    'on record: preterm or ill infant',
    ['preterm birth'],
  ],
  [
    'known inflammatory breast cancer',
    { problems: [problem('inflammatory-breast-cancer')] },
    'unspecified',
    'known-ibc',
    'inflammatory breast cancer is on record',
    ['inflammatory breast cancer'],
  ],
  [
    'an infection outside lactation',
    {
      lactation: [statement('no', daysAgo(20))],
      problems: [problemSince('mastitis-nonlactational', daysAgo(2))],
    },
    'unspecified',
    'non-lactational-infection',
    'recorded as not lactating, with a current breast infection',
    ['mastitis outside lactation'],
  ],
  [
    'a source of sepsis: an abscess',
    { problems: [problemSince('abscess-nonlactational', daysAgo(2))] },
    'unspecified',
    'breast-source-current',
    'a breast infection began within 14 days',
    ['breast abscess'],
  ],
  [
    'a source of sepsis: mastitis',
    { problems: [problemSince('mastitis-nos', daysAgo(2))] },
    'unspecified',
    'breast-source-current',
    'a breast infection began within 14 days',
    ['mastitis'],
  ],
  [
    'a source of sepsis: signs',
    { signs: [seen('breast-pain', 5), seen('warmth', 5)] },
    'left',
    'breast-source-current',
    'a breast sign is on record now',
    ['breast pain', 'warmth of the breast'],
  ],
  [
    'the screen is negative',
    { measures: [temperature(38.5, 2)] },
    'unspecified',
    'sepsis-screen-positive',
    'the sepsis screen is negative',
    [],
  ],
  [
    'a draft of two ingredients',
    { drafts: [medicineDraft({ ingredients: ['amoxicillin', 'clavulanate'], cover: 'appropriate' })] },
    'unspecified',
    'draft-antibiotic',
    'an antibiotic is drafted',
    ['amoxicillin + clavulanate selected now'],
  ],
  [
    'an antibiotic known only by its class',
    { drafts: [medicineDraft({ cover: 'appropriate' })] },
    'unspecified',
    'draft-antibiotic',
    'an antibiotic is drafted',
    ['antibiotic selected now'],
  ],
  [
    'a suppressant known only by its class',
    { drafts: [medicineDraft({ sets: ['suppressant'] })] },
    'unspecified',
    'draft-suppressant',
    'lactation suppressant is drafted',
    ['lactation suppressant selected now'],
  ],
  [
    'a suppressant by name',
    { drafts: [medicineDraft({ ingredients: ['cabergoline'], sets: ['suppressant'] })] },
    'unspecified',
    'draft-suppressant',
    'lactation suppressant is drafted',
    ['cabergoline selected now'],
  ],
  [
    'a draft for the breast, by name',
    { drafts: [medicineDraft({ ingredients: ['cephalexin'] }, { breastReason: true })] },
    'unspecified',
    'draft-for-breast',
    'the draft names a breast reason',
    ['cephalexin selected now'],
  ],
  [
    'a draft for the breast that is no medicine',
    { drafts: [draft({ breastReason: true })] },
    'unspecified',
    'draft-for-breast',
    'the draft names a breast reason',
    ['for the breast selected now'],
  ],
  [
    'a tetracycline of no stated length',
    { drafts: [medicineDraft({ sets: ['tetracycline'] })] },
    'unspecified',
    'draft-long-tetracycline',
    'the draft names no length',
    ['tetracycline selected now'],
  ],
  [
    'no tetracycline',
    { drafts: [medicineDraft({ cover: 'appropriate' })] },
    'unspecified',
    'draft-long-tetracycline',
    'the draft is no tetracycline',
    [],
  ],
  [
    'no suppressant',
    { drafts: [draft()], problems: [problem('prolactinoma')] },
    'unspecified',
    'draft-suppressant',
    'the draft is no lactation suppressant',
    [],
  ],
  [
    'no antibiotic drafted, so no culture speaks for it',
    { drafts: [draft()] },
    'unspecified',
    'culture-supports-draft',
    'no antibiotic is drafted',
    [],
  ],
  [
    'reasons against bromocriptine',
    {
      births: [birth('living-infant', daysAgo(4))],
      problems: [problem('cardiac'), problem('cardiac', { source: 'Condition/2' }), problem('psychosis')],
      measures: [measure('systolic', 150, hoursAgo(3))],
      drafts: [medicineDraft({ sets: ['bromocriptine'] })],
    },
    'unspecified',
    'draft-suppressant-unsafe',
    'on record: SBP 150, heart disease, severe psychiatric disorder',
    ['systolic blood pressure 150 mm[Hg]', 'heart disease', 'heart disease', 'severe psychiatric disorder'],
  ],
  [
    'no suspicion, with an antibiotic',
    { problems: [mastitis(20)], medicines: [antibiotic(hoursAgo(19))] },
    'left',
    'ibc-r3',
    '19 h of antibiotics, less than 72 h',
    [],
  ],
  [
    'too early for a response',
    { problems: [mastitis(20)], medicines: [antibiotic(hoursAgo(19))] },
    'left',
    'response-worse',
    'too early for a response to antibiotics',
    [],
  ],
  [
    'no antibiotic to respond to',
    { problems: [mastitis(20)] },
    'left',
    'response-worse',
    'no antibiotic to respond to',
    [],
  ],
  [
    'nothing charted of the response',
    { problems: [mastitis(100)], medicines: [antibiotic(hoursAgo(99))] },
    'left',
    'response-unknown',
    'response to antibiotics not recorded',
    [],
  ],
  [
    'cooler and in less pain',
    {
      problems: [mastitis(100)],
      medicines: [antibiotic(hoursAgo(99))],
      measures: [
        temperature(39, 95),
        temperature(37, 2),
        measure('pain', 8, hoursAgo(95), left),
        measure('pain', 2, hoursAgo(2), left),
      ],
    },
    'left',
    'response-improved',
    'improved on antibiotics',
    ['temperature 39.0 °C', 'temperature 37.0 °C', 'pain score 8 of 10', 'pain score 2 of 10'],
  ],
  [
    'improved after a day and more',
    {
      problems: [mastitis(100)],
      medicines: [antibiotic(hoursAgo(99))],
      measures: [temperature(39, 95), temperature(37, 2)],
    },
    'left',
    'stage-bacterial-mastitis',
    'stage bacterial mastitis: diagnosis of mastitis on record; treated with an antibiotic',
    ['lactational mastitis', 'dicloxacillin started'],
  ],
  [
    'no abscess seen',
    { problems: [mastitis(20)] },
    'left',
    'ultrasound-collection',
    'no current ultrasound shows abscess or collection',
    [],
  ],
  [
    'no response, and no abscess on ultrasound',
    {
      problems: [mastitis(100)],
      medicines: [antibiotic(hoursAgo(99))],
      measures: [temperature(39, 90), temperature(38.6, 2)],
      results: [ultrasoundResult('normal', hoursAgo(20), left)],
    },
    'left',
    'ibc-r3-critical',
    'no response at 99 h of appropriate antibiotics; no abscess or collection on ultrasound',
    [
      'dicloxacillin started',
      'temperature 39.0 °C',
      'temperature 38.6 °C',
      'ultrasound: no abscess or collection',
    ],
  ],
  [
    'a suspicious ultrasound among the weaker signs',
    {
      signs: [seen('bloody-discharge', 200), seen('bloody-discharge', 3)],
      results: [ultrasoundResult('suspicious', hoursAgo(20), left)],
    },
    'left',
    'ibc-r2',
    'bloody nipple discharge recorded; suspicious ultrasound; first of these recorded more than 7 days ago; no fever',
    ['bloody nipple discharge', 'bloody nipple discharge', 'ultrasound: suspicious'],
  ],
  [
    "peau d'orange, and an antibiotic being ordered",
    {
      signs: [seen('peau-d-orange', 3)],
      medicines: [antibiotic(hoursAgo(60), { reason: 'none' })],
      drafts: [medicineDraft({ cover: 'appropriate' })],
    },
    'left',
    'ibc-r1-critical',
    "peau d'orange recorded; an antibiotic is being ordered; 60 h of antibiotics",
    ["peau d'orange"],
  ],
  [
    'pain and redness of one breast, redness without side beside',
    {
      signs: [
        seen('breast-pain', 3),
        seen('erythema', 3),
        sign('lump', hoursAgo(3), { side: 'right' }),
        sign('erythema', hoursAgo(3), { source: 'Observation/z' }),
      ],
    },
    'left',
    'stage-inflammatory-mastitis',
    'stage inflammatory mastitis: signs of inflammation',
    ['breast pain', 'breast redness'],
  ],
  [
    'a condition of lactation, statements unread',
    { reads: unread('lactationStatus'), problems: [problemSince('lactation-condition', daysAgo(2))] },
    'unspecified',
    'probably-lactating',
    'a condition of lactation is on record, lactation status could not be read',
    ['lactation'],
  ],
  [
    'neither appropriate cover nor any helps: each line once',
    {
      problems: [mastitis(200)],
      medicines: [antibiotic(hoursAgo(199))],
      measures: [temperature(39, 190), temperature(38.6, 2)],
    },
    'left',
    'ibc-r1-to-r5',
    'no response at 199 h of appropriate antibiotics; no response at 199 h of antibiotics',
    ['temperature 39.0 °C', 'temperature 38.6 °C', 'dicloxacillin started'],
  ],
  [
    'of two values of one instant that could not be read, the last by its words',
    {
      signs: [seen('breast-pain', 3)],
      unreadable: [
        {
          source: 'Observation/1',
          fromText: false,
          subject: 'temperature',
          why: 'unit of the temperature is not known',
          when: hoursAgo(1),
        },
        {
          source: 'Observation/2',
          fromText: false,
          subject: 'temperature',
          why: 'date of the temperature is not known',
          when: hoursAgo(1),
        },
      ],
    },
    'left',
    'stage-bacterial-mastitis',
    'unit of the temperature is not known',
    [],
  ],
])('%s', (_, facts, side, name, because, lines) => {
  const finding = assessed(facts)
    .scopes.find((scope) => scope.side === side)
    ?.findings.get(name)

  expect(finding?.because).toBe(because)
  expect(finding?.evidence.map(({ what }) => what)).toStrictEqual(lines)
})

test('a draft among the evidence is marked as one, and as no text of the chart', () => {
  const drafts = [draft({ needs: ['review', 'ultrasound'] })]
  const [scope] = assessed({ drafts }).scopes
  const evidence = (['review-drafted', 'ultrasound-drafted'] as const).map(
    (name) => scope?.findings.get(name)?.evidence[0],
  )

  expect(evidence).toEqual([
    { what: 'review selected now', source: 'MedicationRequest/draft', fromText: false, draft: true },
    {
      what: 'draft order of breast ultrasound',
      source: 'MedicationRequest/draft',
      fromText: false,
      draft: true,
    },
  ])
})

test('the patient record is the evidence of the gate', () => {
  expect(assessed().inScope.evidence).toEqual([
    { what: 'patient record', source: 'Patient/p', fromText: false },
  ])
})

test.each<[string, Partial<Facts>, readonly string[]]>([
  [
    'a value that nobody dated is named',
    {
      measures: [
        { ...temperature(38, 1), when: undefined },
        { ...measure('heart-rate', 90, hoursAgo(1)), when: undefined },
      ].map(({ when: _when, ...rest }) => rest),
    },
    ['heart rate recorded without a time', 'temperature recorded without a time'],
  ],
  ['one that is dated is not', { measures: [temperature(38, 1)] }, []],
  [
    'a sign without a date that is asked for is named once',
    {
      signs: [{ ...seen('peau-d-orange', 1), when: undefined }].map(({ when: _when, ...rest }) => rest),
      problems: [mastitis(5)],
    },
    ["peau d'orange recorded without a date"],
  ],
  [
    'a list that was not read is named once',
    { reads: unread('breastSigns'), problems: [mastitis(5)] },
    ['breast signs could not be read'],
  ],
  [
    'a value that is asked for is named once',
    {
      unreadable: [
        {
          source: 'Observation/1',
          fromText: false,
          subject: 'peau-d-orange',
          why: 'value could not be read',
        },
      ],
      problems: [mastitis(5)],
    },
    ["peau d'orange: value could not be read"],
  ],
  [
    'an antibiotic without a start is no sign',
    {
      medicines: [{ ...antibiotic(hoursAgo(1)), when: undefined, start: undefined }].map(
        ({ when: _when, start: _start, ...rest }) => rest,
      ),
      problems: [mastitis(5)],
    },
    [],
  ],
])('%s', (_, facts, lines) => {
  expect(assessed(facts).missing).toEqual(lines)
})

test.each<[string, Partial<Facts>, string]>([
  [
    'the value that could not be read',
    {
      problems: [mastitis(5)],
      unreadable: [
        { source: 'Observation/1', fromText: false, subject: 'lump', why: 'status is not known' },
        {
          source: 'Observation/2',
          fromText: false,
          subject: 'peau-d-orange',
          why: 'value could not be read',
        },
      ],
    },
    "peau d'orange",
  ],
  [
    'of two lists the one that the reason names',
    { reads: unread('laboratory', 'breastSigns'), problems: [mastitis(5)] },
    'breast signs',
  ],
  ['nothing while every fact was read', { problems: [mastitis(5)] }, ''],
  [
    'also when its words do not begin with it',
    {
      problems: [mastitis(5)],
      measures: [measure('heart-rate', 118, hoursAgo(1))],
      unreadable: [
        { source: 'Observation/1', fromText: false, subject: 'lump', why: 'status is not known' },
        {
          source: 'Observation/2',
          fromText: false,
          subject: 'temperature',
          why: 'unit of the temperature is not known',
        },
      ],
    },
    'temperature',
  ],
])('what is asked for: %s', (_, facts, fact) => {
  expect(assessed(facts).scopes[0]?.values.fact).toBe(fact)
})

test('what was not measured is told only while the sepsis screen is positive', () => {
  const values = (...measures: Facts['measures']) => assessed({ measures }).scopes[0]?.values.notMeasured

  expect(values(temperature(37, 1))).toBe('')
  const { when: _when, ...undatedPlatelets } = measure('platelets', 200, hoursAgo(1))

  expect(values(measure('lactate', 3.1, hoursAgo(1)), undatedPlatelets)).toBe(
    'T, HR, RR, white cells, systolic BP, saturation, creatinine, platelets, bilirubin, coagulation (INR)',
  )
})

test('a reason against a suppressant is printed for the agonists only', () => {
  const problems = [problem('cardiac')]
  const reason = (...sets: ('suppressant' | 'cabergoline' | 'bromocriptine')[]) =>
    assessed({ problems, drafts: [medicineDraft({ sets })] }).scopes[0]?.values.reason

  expect([reason('suppressant'), reason('cabergoline'), reason('bromocriptine')]).toEqual([
    '',
    'heart disease',
    'heart disease',
  ])
})

test('without an abscess or collection the newest ultrasound is printed', () => {
  const results = [
    ultrasoundResult('normal', hoursAgo(50), left),
    ultrasoundResult('suspicious', hoursAgo(5), left),
    ultrasoundResult('phlegmon', hoursAgo(4), left),
  ]

  expect(assessed({ results, problems: [mastitis(5)] }).scopes[0]?.values.imaging).toBe('phlegmon')
})

test('a finding about a draft says so when there is none', () => {
  expect(assessed().scopes[0]?.findings.get('draft-antibiotic')?.because).toBe('no draft order is evaluated')
})

test('every finding can be counted, looked up and visited', () => {
  const findings = assessed({ drafts: [draft()] }).scopes[0]?.findings
  const visited: string[] = []
  findings?.forEach((_finding, name) => visited.push(name))

  expect(findings?.size).toBe(visited.length)
  expect(visited.length).toBeGreaterThan(100)
  expect(visited.every((name) => findings?.has(name as FindingName))).toBe(true)
  expect(findings?.has('no such finding' as FindingName)).toBe(false)
})

test('a medicine known only by its class is "this medicine" in the sentence on the milk', () => {
  const medicines = [order('x', hoursAgo(5), { ingredients: [], sets: ['contraindicated'] })]

  expect(assessed({ medicines, lactation: [statement('yes', hoursAgo(5))] }).feeding.sentences[0]).toBe(
    'Milk is not given while exposed to this medicine; ask how long.',
  )
})

test('a culture is no drainage: the days count from none', () => {
  const [scope] = assessed({ care: [care('culture', hoursAgo(9), done)] }).scopes

  expect(scope?.values.D).toBe('14')
})
