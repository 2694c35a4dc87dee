import { createHash, randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { FhirResource } from 'fhir/r4.js'
import type { CheckResource } from '../../src/check/extract.js'
import { makeDemoPatients } from '../../src/sandbox/demo-patients.js'
import { search } from '../../src/sandbox/search.js'
import { listen, shut } from './site.js'

/** How this EHR behaves; a test sets what it is about. */
export interface Manners {
  /** What it grants, whatever was asked for. */
  scope: string
  /** Sends another state back than the one it got. */
  swapState?: boolean
  /** Says no on the sign-in page. */
  refuse?: boolean
  /** Says who it is in its metadata, and that each answer does; `answerIss` is what the answer says. */
  issuer?: string
  answerIss?: string
  /** Keeps so many resources, and then answers nothing but 500. */
  failAfter?: number
  /** Keeps one resource more than so many, and then answers as a gateway that waited too long. */
  lateAfter?: number
  /** Does not know S256. */
  plainOnly?: boolean
}

/** A FHIR server with an authorization server, inside the test. */
export interface Ehr {
  base: string
  iss: string
  manners: Manners
  /** Every request as "METHOD /path", in order. */
  asked: string[]
  /** The query of the sign-in page, as it was last opened. */
  signIn?: URLSearchParams
  written: CheckResource[]
  close: () => Promise<void>
}

export const everything =
  'launch patient/Patient.rs patient/Condition.rs patient/Observation.rs patient/MedicationRequest.rs patient/*.rs patient/Observation.c patient/Condition.c'

const token = 'zz-token-of-the-test'

/** An ID token that names this user; nobody checks its signature. */
const idTokenOf = (fhirUser: string): string =>
  ['{}', JSON.stringify({ fhirUser }), 'sign']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.')

async function bodyOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function json(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}

/** Starts an EHR with one demo patient's chart; it is as strict as SMART asks. */
export async function startEhr(patientId = 'antibiotic-48h-not-improving'): Promise<Ehr> {
  const { base, server, serve } = await listen()
  const patients = makeDemoPatients('fhir-fixtures', () => Date.now())
  const codes = new Map<string, URLSearchParams>()
  const ehr: Ehr = {
    ...{ base, iss: `${base}/fhir`, manners: { scope: everything }, asked: [], written: [] },
    close: () => shut(server),
  }
  const chart = (): readonly FhirResource[] => [...patients.of(patientId), ...ehr.written]

  const signIn = (query: URLSearchParams, res: ServerResponse): void => {
    ehr.signIn = query
    const back = new URL(query.get('redirect_uri') ?? '')
    back.searchParams.set('state', ehr.manners.swapState ? 'another' : (query.get('state') ?? ''))
    if (ehr.manners.answerIss !== undefined) back.searchParams.set('iss', ehr.manners.answerIss)
    if (ehr.manners.refuse) back.searchParams.set('error', 'access_denied')
    else {
      const code = randomUUID()
      codes.set(code, query)
      back.searchParams.set('code', code)
    }
    res.writeHead(302, { Location: back.href }).end()
  }
  const giveToken = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const form = new URLSearchParams(await bodyOf(req))
    const code = form.get('code') ?? ''
    const asked = codes.get(code)
    codes.delete(code)
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const fits =
      asked?.get('code_challenge') === challenge &&
      asked.get('redirect_uri') === form.get('redirect_uri') &&
      asked.get('client_id') === form.get('client_id')
    if (!fits) json(res, 400, { error: 'invalid_grant' })
    else
      json(res, 200, {
        ...{ access_token: token, token_type: 'Bearer', expires_in: 300 },
        ...{
          scope: ehr.manners.scope,
          patient: patientId,
          appContext: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
          encounter: 'visit',
          id_token: idTokenOf(`${base}/fhir/Practitioner/midwife`),
        },
      })
  }
  const fhir = async (url: URL, req: IncomingMessage, res: ServerResponse): Promise<void> => {
    if (req.headers.authorization !== `Bearer ${token}`) {
      json(res, 401, {})
      return
    }
    const [, , type = '', id] = url.pathname.split('/')
    if (req.method === 'POST') {
      const { failAfter = Infinity } = ehr.manners
      if (ehr.written.length >= failAfter) {
        json(res, 500, {})
        return
      }
      const id = `w${ehr.written.length}`
      ehr.written.push({ ...(JSON.parse(await bodyOf(req)) as CheckResource), id })
      json(res, id === `w${ehr.manners.lateAfter ?? ''}` ? 504 : 201, {})
    } else if (id !== undefined) {
      json(
        res,
        200,
        chart().find((each) => each.resourceType === type && each.id === id),
      )
    } else {
      const found = search(type, url.searchParams, { ids: () => [patientId], of: chart })
      const entry = found.map((resource) => ({ resource, search: { mode: 'match' } }))
      json(res, 200, { resourceType: 'Bundle', type: 'searchset', entry })
    }
  }
  const answer: RequestListener = (req, res) => {
    const url = new URL(req.url ?? '/', base)
    ehr.asked.push(`${req.method ?? ''} ${url.pathname}`)
    res.setHeader('Access-Control-Allow-Origin', '*')
    res.setHeader('Access-Control-Allow-Headers', 'authorization, content-type, accept')
    if (req.method === 'OPTIONS') res.writeHead(204).end()
    else if (url.pathname === '/fhir/.well-known/smart-configuration')
      json(res, 200, {
        authorization_endpoint: `${base}/sign-in`,
        token_endpoint: `${base}/token`,
        ...(ehr.manners.issuer !== undefined && {
          issuer: ehr.manners.issuer,
          authorization_response_iss_parameter_supported: true,
        }),
        code_challenge_methods_supported: [ehr.manners.plainOnly ? 'plain' : 'S256'],
      })
    else if (url.pathname === '/sign-in') signIn(url.searchParams, res)
    else if (url.pathname === '/token') void giveToken(req, res)
    else void fhir(url, req, res)
  }
  serve(answer)
  return ehr
}
