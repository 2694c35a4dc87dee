import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { HookName } from '../../src/protocol/hook-request.js'

/** One promise of a card: this patient, at this moment, shown, hidden or asks. */
export interface Case {
  kind: string
  case: string
  patient: string
  /** Names of `fhir-fixtures/records`: what this patient has beside her chart. */
  with?: readonly string[]
  at: string
  hook?: HookName
  drafts?: readonly string[]
  selections?: readonly string[]
  unreadable?: readonly string[]
  parameters?: Readonly<Record<string, unknown>>
  /** An earlier override, of this kind of card unless `kind` says which. */
  overridden?: {
    kind?: string
    at: string
    indicator: 'info' | 'warning' | 'critical'
    stage: string
    sepsisCriteria?: readonly string[]
    by?: 'same-user' | 'another'
    reasoned?: boolean
  }
  /** Parameters that, one step further, make this case end otherwise. */
  edge_of?: readonly string[]
  expect: 'shown' | 'hidden' | 'asks'
  indicator?: 'info' | 'warning' | 'critical'
  variant?: string
  because: string
}

/** Every case of every card. */
export function allCases(cardsDir = 'cards'): readonly Case[] {
  return readdirSync(cardsDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(cardsDir, entry.name, 'cases.yaml')))
    .flatMap(({ name }) =>
      (parse(readFileSync(join(cardsDir, name, 'cases.yaml'), 'utf8')) as Omit<Case, 'kind'>[]).map(
        (promise) => ({
          ...promise,
          kind: name,
        }),
      ),
    )
}

/** File name of the card a shown case expects: the case's words with dashes. */
export const expectedFile = ({ kind, case: words }: Case): string =>
  join(
    'cards',
    kind,
    'expected',
    `${words
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')}.json`,
  )
