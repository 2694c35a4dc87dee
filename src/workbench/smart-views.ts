import type { AskAnswer, ExplanationView } from './views.js'

/** The configuration that the SMART app needs before its first request. */
export interface SmartConfiguration {
  clientId: string
  redirectUri: string
  scope: string
  /** The base URL of the FHIR server that launched the app, without a final slash. */
  iss: string
  /** The origins to which the app may send a code or token. */
  origins: readonly string[]
  /** Any server of this machine may launch the app; in development only. */
  loopback: boolean
  templates: readonly { key: string; type: string; parameters: readonly (readonly [string, string])[] }[]
}

/** The question of the app about the patient whose chart it has read. */
export interface SmartQuestion {
  iss: string
  patientId: string
  prefetch: Readonly<Record<string, unknown>>
}

/** The answer to a question of the app. */
export interface SmartAnswer {
  response: AskAnswer['response']
  explanation?: ExplanationView
}
