import { describe, expect, test } from '@jest/globals'
import { readText } from '../../../src/terminology/text/read-text.js'
import { textWords } from '../../reading/word-files.js'

const words = textWords()

const said = (text: string): readonly string[] =>
  readText({ kind: 'condition', text }, words)
    .readings.filter(({ state }) => state === 'present')
    .map(({ term, value, side }) => [term, value, side].filter(Boolean).join(' '))

describe('the words of a diagnosis', () => {
  test.each([
    ['Mastitis, left breast', ['set mastitis-nos left']],
    ['Puerperal mastitis', ['set mastitis-lactational']],
    ['Mastitis ?abscess', ['set mastitis-nos']],
    ['Abscess?', []],
    ['Mastitis suspected', []],
    ['Mastitis with previous babies', []],
    ['Granulomatous mastitis', ['set mastitis-nonlactational']],
    ['Neonatal mastitis', []],
    ['Inflammatory carcinoma of the right breast', ['set ibc right']],
    ['Family history of inflammatory breast cancer', []],
    ['Herpes simplex, left nipple', ['set hsv-breast']],
    ['Baby died on day 2', ['set loss']],
    ['Husband died', []],
    ['Termination of employment', []],
    ['Lump at the top of the left breast for 16 weeks', ['set lump left']],
    ['Recurrent miscarriage', []],
    ['Previous stillbirth', []],
    ['Selective termination of twin B at 16 weeks', ['set loss']],
    ['Born at 36 weeks', ['set preterm-infant']],
    ['Born at 37 weeks', []],
    ['HIV infection', ['set hiv']],
    ['HIV screening', []],
    ['Sepsis due to mastitis', ['set sepsis', 'set mastitis-nos']],
    ['Neonatal sepsis', ['set preterm-infant']],
    ['Heroin use, in sustained remission', []],
    ['Heroin use, in partial remission', ['set substance']],
    ['Left breast abscess, healed', []],
    ['Left breast abscess, not healed', ['set abscess-nos left']],
    ['Left mastitis. Resolved.', []],
    ['Chickenpox, onset 2 days before delivery', ['set varicella']],
    ['Chickenpox before pregnancy', []],
    ['What was thought to be mastitis is a breast abscess', ['set abscess-nos']],
  ])('%s: %j', (text, expected) => {
    expect(said(text)).toEqual(expected)
  })
})

/** The sets of what changes the way to treat that a diagnosis asserts. */
const onChart = (text: string): readonly unknown[] =>
  readText({ kind: 'condition', text }, words)
    .readings.filter(({ state }) => state === 'present')
    .map(({ value }) => value)
    .filter((value) =>
      ['breast-implant', 'transplant', 'immune-deficiency', 'diabetes'].includes(String(value)),
    )

describe('breast implants in words', () => {
  test.each([
    ['Breast implants', true],
    ['Bilateral breast implants 2015', true],
    ['History of breast augmentation', true],
    ['Hx of bilateral silicone breast implants', true],
    ['Status post breast augmentation', true],
    ['Ruptured left breast implant', true],
    ['Implants in both breasts', true],
    ['H/O breast augmentation', true],
    ['s/p bilateral breast implants', true],
    ['Breast implants removed 2023', false],
    ['Interested in breast augmentation', false],
    ['Removal of breast implants', false],
    ['No breast implants', false],
    ['Considering breast implants', false],
    ['Contraceptive implant in left arm', false],
    ['Cochlear implant', false],
    ['Sister has breast implants', false],
  ])('%s: %s', (text, expected) => {
    expect(onChart(text)).toEqual(expected ? ['breast-implant'] : [])
  })
})

describe('a transplant in words', () => {
  test.each([
    ['Kidney transplant 2019', true],
    ['History of renal transplant', true],
    ['S/P liver transplant', true],
    ['Status post bone marrow transplant', true],
    ['Stem cell transplantation', true],
    ['Heart transplant recipient', true],
    ['Graft versus host disease', true],
    ['Awaiting kidney transplant', false],
    ['Kidney transplant donor', false],
    ['Corneal transplant', false],
    ['Hair transplant', false],
    ['Faecal microbiota transplant', false],
    ['Brother had a kidney transplant', false],
    ['No transplant', false],
  ])('%s: %s', (text, expected) => {
    expect(onChart(text)).toEqual(expected ? ['transplant'] : [])
  })
})

describe('an immune deficiency in words', () => {
  test.each([
    ['Common variable immunodeficiency', true],
    ['CVID', true],
    ['Immunosuppressed', true],
    ['Hypogammaglobulinaemia', true],
    ['Human immunodeficiency virus infection', false],
    ['Infant immunodeficiency', false],
    ['Not immunosuppressed', false],
    ['Family history of immunodeficiency', false],
  ])('%s: %s', (text, expected) => {
    expect(onChart(text)).toEqual(expected ? ['immune-deficiency'] : [])
  })
})

describe('diabetes in words', () => {
  test.each([
    ['Type 2 diabetes mellitus', true],
    ['Type 1 diabetes', true],
    ['T1DM', true],
    ['T2D', true],
    ['Diabetes type 2', true],
    ['IDDM', true],
    ['Diabetes', true],
    ['Diabetic ketoacidosis', true],
    ['Steroid-induced diabetes', true],
    ['Pre-existing type 2 diabetes mellitus, in pregnancy', true],
    ['Gestational diabetes', false],
    ['Gestational diabetes mellitus in pregnancy, diet controlled', false],
    ['History of gestational diabetes', false],
    ['Diabetes mellitus arising in pregnancy', false],
    ['Diabetes insipidus', false],
    ['Prediabetes', false],
    ['Pre-diabetes', false],
    ['Infant of diabetic mother', false],
    ['Family history of diabetes', false],
    ['Diabetes screening', false],
    ['No diabetes', false],
  ])('%s: %s', (text, expected) => {
    expect(onChart(text)).toEqual(expected ? ['diabetes'] : [])
  })
})

/** How a text tells of a loss: its part, its year and whether as history, then the weeks or trimester of the text. */
const lossIn = (text: string): readonly unknown[] => {
  const { readings, gestation } = readText({ kind: 'condition', text }, words)
  return [
    ...readings.map(({ part = 'loss', year, history }) =>
      [part, year, history && 'history'].filter(Boolean).join(' '),
    ),
    ...(gestation ? [gestation] : []),
  ]
}

describe('the words of a loss', () => {
  test.each([
    ['Miscarriage', ['loss-in-pregnancy']],
    ['Spontaneous abortion 19 weeks', ['loss-in-pregnancy', { weeks: 19 }]],
    ['Miscarriage 22+3', ['loss-in-pregnancy', { weeks: 22 }]],
    ['Miscarriage, 20 5/7 weeks', ['loss-in-pregnancy', { weeks: 20 }]],
    ['TOP 16/40', ['loss-in-pregnancy', { weeks: 16 }]],
    ['Miscarriage 3 weeks ago at 18 weeks', ['loss-in-pregnancy', { weeks: 18 }]],
    ['Second trimester miscarriage', ['loss-in-pregnancy', { late: true }]],
    ['Termination for fetal anomaly', ['loss-in-pregnancy', { late: true }]],
    ['Early pregnancy loss', ['loss-in-pregnancy', { early: true }]],
    ['Second trimester pregnancy loss', ['loss']],
    ['Pregnancy loss', ['loss']],
    ['History of stillbirth', ['loss history']],
    ['Obstetric history: stillbirth', ['loss history']],
    ['History of previous stillbirth', []],
    ['Family history of stillbirth', []],
    ['No history of stillbirth', []],
    ['Stillbirth 2019', ['loss 2019']],
    ['IUFD 12.11.2019', ['loss 2019']],
    ['Baby died. History of miscarriage at 20 weeks', ['loss', 'loss-in-pregnancy history', { weeks: 20 }]],
  ])('%s: %j', (text, expected) => {
    expect(lossIn(text)).toEqual(expected)
  })
})

describe('the words of a mastitis', () => {
  const saysLactation = (text: string): readonly unknown[] =>
    readText({ kind: 'condition', text }, words).readings.map(({ lactating }) => lactating)

  test.each([
    'Lactational mastitis',
    'Mastitis associated with lactation',
    'Mastitis in a breastfeeding woman',
  ])('%s says lactation itself', (text) => {
    expect(saysLactation(text)).toEqual([true])
  })

  test.each([
    'Puerperal mastitis',
    'Mastitis associated with childbirth',
    'Postpartum mastitis, breastfeeding stopped',
  ])('%s does not', (text) => {
    expect(saysLactation(text)).toEqual([undefined])
  })
})
