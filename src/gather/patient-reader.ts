import { Client } from 'fhir-kit-client'
import type { Dispatcher } from 'undici'
import type { PrefetchTemplate } from '../protocol/prefetch-templates.js'
import { type Answer, readAnswer, unreadable } from './answer.js'
import { askForLess } from './ask-for-less.js'
import { isObject } from './fhir-shape.js'
import type { ServerForms } from './form-memory.js'
import { grantedSearch } from './granted-search.js'
import { type PageReader, readAllPages } from './pages.js'
import { refusalCode, statusOf } from './refusal.js'
import type { Request, RequestSender } from './request-sender.js'
import type { scopeRule } from './scopes.js'
import { formsOf, objectionOf, type SearchParameters } from './search-forms.js'
import { acceptedEncodings } from './unpack-answers.js'

const idPattern = /^[A-Za-z0-9\-.]{1,128}$/

/** May this id stand in a URL path? */
const isSafeId = (id: string): boolean => idPattern.test(id) && id !== '.' && id !== '..'

/** The patient, the server and the permissions of a reader. */
interface ReaderParts {
  /** The address of the server, without a slash at its end. */
  baseUrl: string
  dispatcher: Dispatcher
  accessToken: string | undefined
  traceHeader: { traceparent: string } | undefined
  sender: RequestSender
  patientId: string
  granted: ReturnType<typeof scopeRule>
  /** The address of a `next` link, if the link may be followed. */
  allowedLink: PageReader['allowed']
  /** The forms in which this server answered earlier searches. */
  forms: ServerForms
  clock: PageReader['clock']
}

/**
 * Reads resources of one patient from a FHIR server.
 *
 * Missing: no method throws; an answer without data says `why`.
 */
export class PatientReader {
  private readonly fhir: Client
  private readonly pages: PageReader

  constructor(private readonly parts: ReaderParts) {
    const { baseUrl, dispatcher, accessToken, traceHeader, allowedLink, clock } = parts
    this.fhir = new Client({
      baseUrl,
      requestOptions: { dispatcher, redirect: 'manual' },
      ...(accessToken !== undefined && { bearerToken: accessToken }),
      customHeaders: { 'accept-encoding': acceptedEncodings, ...traceHeader },
    })
    this.pages = {
      allowed: allowedLink,
      clock,
      read: (address) => this.readBundle((signal) => this.fhir.request(address, { options: { signal } })),
    }
  }

  /**
   * Runs the search or read of a template for the patient, with all pages.
   *
   * Missing: a search under scopes that grant a part of the data is `refused` in part.
   */
  async ask(template: PrefetchTemplate): Promise<Answer> {
    const { patientId, granted, forms } = this.parts
    if (template.parameters.length === 0) return this.read(template.type, patientId)
    if (!isSafeId(patientId)) return unreadable('not-allowed')
    const permitted = grantedSearch(template, granted(template.type, 'search'))
    if (!permitted) return unreadable('refused')
    const { key } = template
    const { answer, answered } = await askForLess(
      formsOf(permitted.parameters, permitted.categories),
      forms.known(key),
      (parameters) => this.search(template, parameters),
    )
    if (answered !== undefined) forms.keep(key, answered)
    else if (answer.objection === 'parameters') forms.forget(key)
    return permitted.isWhole || answer.why !== undefined ? answer : { ...answer, why: 'refused' }
  }

  /** Runs one search; a search that does not sort is complete only with its last page. */
  private async search(template: PrefetchTemplate, parameters: SearchParameters): Promise<Answer> {
    const searchParams = Object.fromEntries([['patient', this.parts.patientId], ...parameters])
    const first = await this.readBundle((signal) =>
      this.fhir.search({ resourceType: template.type, searchParams, options: { signal } }),
    )
    if (first.why !== undefined) return first
    const { lookBackDays: _window, ...unsorted } = template
    return this.askRest(parameters.some(([name]) => name === '_sort') ? template : unsorted, first)
  }

  /** Follows the `next` links of an answer. */
  askRest(template: PrefetchTemplate, first: Answer): Promise<Answer> {
    return readAllPages(template, first, this.pages)
  }

  /** Reads one resource by type and id; a resource that does not exist is no failure. */
  async read(type: string, id: string): Promise<Answer> {
    const { sender, granted } = this.parts
    if (!isSafeId(id)) return unreadable('not-allowed')
    if (granted(type, 'read') === 'nothing') return unreadable('refused')
    try {
      const answer = await sender.send((signal) =>
        this.fhir.read({ resourceType: type, id: encodeURIComponent(id), options: { signal } }),
      )
      if (!isObject(answer) || answer['resourceType'] !== type) return unreadable('bad-answer')
      return { entries: [{ resource: { ...answer } }] } // the copy drops a hidden reference to the request and its token
    } catch (error) {
      const status = statusOf(error)
      return status === 404 || status === 410 ? { entries: [] } : unreadable(refusalCode(error))
    }
  }

  private async readBundle(request: Request): Promise<Answer> {
    try {
      const answer = await this.parts.sender.send(request)
      if (!isObject(answer) || answer['resourceType'] !== 'Bundle') return unreadable('bad-answer')
      const read = readAnswer(answer)
      return read.why === 'client-failed' ? { ...read, why: 'server-error' } : read
    } catch (error) {
      const objection = objectionOf(statusOf(error))
      return { ...unreadable(refusalCode(error)), ...(objection !== undefined && { objection }) }
    }
  }
}
