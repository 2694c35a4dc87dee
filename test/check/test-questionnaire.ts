import { readFileSync } from 'node:fs'
import type { Questionnaire } from 'fhir/r4.js'
import { parse } from 'yaml'
import { makeQuestionnaire } from '../../src/check/questionnaire.js'
import { testCodeBook } from '../terminology/test-code-book.js'

/** The address of the installation that publishes the Questionnaire of the tests. */
export const base = 'https://cds.example.org'

let made: Questionnaire | undefined

/** The Questionnaire of the breast check as shipped, made once per process. */
export const testQuestionnaire = (): Questionnaire =>
  (made ??= makeQuestionnaire(
    { file: 'cards/breast-check.yaml', content: parse(readFileSync('cards/breast-check.yaml', 'utf8')) },
    testCodeBook(),
    base,
  ))
