import type { Observation } from 'fhir/r4.js'
import type { AskAnswer, ExplanationView } from './views.js'

/** What the SMART app must know before it talks to anybody. */
export interface SmartConfiguration {
  clientId: string
  redirectUri: string
  scope: string
  /** FHIR base URLs that may launch the app. */
  issuers: readonly string[]
  /** Origins that a code or token may be sent to. */
  origins: readonly string[]
  /** Development alone: any server of this machine may launch the app. */
  loopback: boolean
  templates: readonly { key: string; type: string; parameters: readonly (readonly [string, string])[] }[]
}

/** What the app asks about the patient whose chart it has read. */
export interface SmartQuestion {
  iss: string
  patientId: string
  prefetch: Readonly<Record<string, unknown>>
}

export interface SmartAnswer {
  response: AskAnswer['response']
  explanation?: ExplanationView
}

export interface CheckAnswer {
  observations: readonly Observation[]
}
