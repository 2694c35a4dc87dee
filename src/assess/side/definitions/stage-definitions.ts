import type { FindingDefinition } from '../../definition.js'
import type { FindingName } from '../../finding-names.js'
import {
  aboutBreast,
  fromCover,
  fromDiagnoses,
  fromImaging,
  fromInfections,
  fromInflammation,
  fromResponse,
  fromSigns,
  fromTemperature,
  type Inputs,
} from './inputs.js'

const lactation: Inputs = { facts: ['lactation', 'births', 'problems'], sets: [], parameters: [] }
const cultures: Inputs = { facts: ['results'], sets: ['culture'], parameters: ['currency.resultDays'] }
const everything = [fromInflammation, fromDiagnoses, fromImaging, fromResponse, cultures, lactation]

const passedOver =
  'A sign that is not charted is absent. A row whose facts could not be read, or were charted as unknown, cannot be ' +
  'told; the next row that holds is then the stage, and this row stays cannot-tell above it.'

const stages: readonly FindingDefinition[] = [
  aboutBreast(
    'stage-abscess',
    'Is this breast at the stage abscess: a driving diagnosis of abscess; an ultrasound with abscess; an ultrasound ' +
      'with a collection beside inflammation or a driving mastitis; or fluctuance with pain, inflammation or mastitis?',
    'An ultrasound of that side read as normal and newer than the diagnosis, the scan and the fluctuance blocks it; ' +
      'one at the same instant does not.',
    passedOver,
    fromSigns,
    fromInfections,
    fromInflammation,
    fromImaging,
  ),
  aboutBreast(
    'stage-phlegmon',
    'Is this breast at the stage phlegmon: seen on ultrasound, written, on the problem list, or a lump with inflammation ' +
      'in a mastitis that has failed?',
    'A lump in mastitis becomes a phlegmon only once antibiotics have failed.',
    passedOver,
    fromSigns,
    fromDiagnoses,
    fromInflammation,
    fromImaging,
    fromResponse,
  ),
  aboutBreast(
    'stage-bacterial-mastitis',
    'Is this breast at the stage bacterial mastitis: a driving mastitis or inflammation, together with fever or malaise, a ' +
      'positive culture, an antibiotic in this episode, or 24 hours or more without improvement?',
    'Exactly 24 hours counts. An antibiotic that began a moment ago counts.',
    passedOver,
    ...everything,
  ),
  aboutBreast(
    'stage-inflammatory-mastitis',
    'Is this breast at the stage inflammatory mastitis: a driving mastitis or inflammation without anything that speaks for ' +
      'bacteria?',
    'Inflammation needs one of four combinations; none needs redness, which dark skin can hide. Fullness of both ' +
      'breasts is no inflammation.',
    passedOver,
    ...everything,
  ),
  aboutBreast(
    'stage-blocked-duct',
    'Is this breast at the stage blocked duct: a driving diagnosis, or a painful lump, in a woman who is lactating, ' +
      'probably lactating or recently weaned?',
    'Fever blocks it: exactly the threshold is fever.',
    passedOver,
    fromSigns,
    fromDiagnoses,
    fromTemperature,
    lactation,
  ),
  aboutBreast(
    'stage-engorgement',
    'Is this breast at the stage engorgement: a driving diagnosis, or fullness of both breasts soon after delivery with ' +
      'swelling or pain of at least moderate severity?',
    'Exactly the last day after delivery counts. Redness of that side and a high temperature block it.',
    passedOver,
    fromInflammation,
    fromDiagnoses,
  ),
  aboutBreast(
    'stage-none',
    'Does no row of the stage table hold for this breast?',
    'Flags such as suspected breast cancer can hold without a stage.',
    'Present also when a higher row cannot be told; that row then says so itself.',
    ...everything,
  ),
]

const group = (name: FindingName, members: string): FindingDefinition =>
  aboutBreast(
    name,
    `Is the stage of this breast one of these: ${members}?`,
    'The stage is the first row of the table that holds.',
    'Cannot be told when the stage reached is none of these and one of them could not be told.',
    ...everything,
  )

/** Pages of the stages and of the groups of stages that the tables name by number. */
export const stageDefinitions: readonly FindingDefinition[] = [
  ...stages,
  group(
    'stage-3-to-8',
    'abscess, phlegmon, bacterial mastitis, inflammatory mastitis, blocked duct, engorgement',
  ),
  group('stage-3-to-6', 'abscess, phlegmon, bacterial mastitis, inflammatory mastitis'),
  group('stage-3-to-5', 'abscess, phlegmon, bacterial mastitis'),
  group('stage-4-to-6', 'phlegmon, bacterial mastitis, inflammatory mastitis'),
  group('stage-4-or-5', 'phlegmon, bacterial mastitis'),
  group('stage-7-or-8', 'blocked duct, engorgement'),
]

/** Pages of the diagnoses and signs that stand beside the stage. */
export const signDefinitions: readonly FindingDefinition[] = [
  aboutBreast(
    'driving-diagnosis',
    'Does a breast diagnosis drive: active, and recent, or beside a current breast sign, or under antibiotic cover?',
    'Onset or recorded date exactly the limit ago drives.',
    'An older diagnosis cannot be told when signs or medicines could not be read; without readable conditions any.',
    fromDiagnoses,
    fromSigns,
  ),
  aboutBreast(
    'undated-diagnosis',
    'Is there an active mastitis or abscess without any date, without a sign and without an antibiotic?',
    'Any date, even a year, ends it; a current sign or antibiotic makes the diagnosis drive instead.',
    'Present also when signs or medicines could not be read: the question is whether the diagnosis is current.',
    fromInfections,
    fromSigns,
  ),
  aboutBreast(
    'infection-explains-signs',
    'Does an infection explain the signs: a driving mastitis or abscess, or inflammation with fever?',
    'Fever is the newest current temperature at or above the threshold.',
    'Cannot be told when conditions, signs or temperatures that could show it could not be read.',
    fromInfections,
    fromInflammation,
    fromTemperature,
  ),
  aboutBreast(
    'fluctuance',
    'Is fluctuance recorded on this breast?',
    'A record exactly as old as the sign window counts; a later "absent" ends it.',
    'Not charted is absent. Charted as unknown or without a date, or in a list that could not be read: cannot-tell.',
    { facts: ['signs', 'reads', 'unreadable'], sets: ['fluctuance'], parameters: ['currency.signHours'] },
  ),
  aboutBreast(
    'persistent-lump',
    'Has a lump, or a blocked duct, been on record for longer than the limit, without being recorded absent since?',
    'Exactly the limit is not yet longer. The lump itself must still be current.',
    'A lump without a date has no age. Cannot be told when the lump cannot.',
    {
      facts: ['signs', 'problems', 'reads', 'unreadable'],
      sets: ['lump', 'blocked-duct'],
      parameters: ['lump.days', 'currency.skinSignDays'],
    },
  ),
  aboutBreast(
    'recurrence',
    'Did an earlier episode of this breast end shortly before this one: earlier cover behind a gap, an earlier antibiotic ' +
      'for the breast or begun near a sign or diagnosis of it, or a resolved mastitis or abscess?',
    'More than the gap and at most the limit before this episode; exactly the limit counts. The other breast never does.',
    'Without a start of this episode absent. Cannot be told when conditions or medicines could not be read.',
    fromCover,
    { facts: [], sets: [], parameters: ['recurrence.days'] },
  ),
]
