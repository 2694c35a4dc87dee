import type { Session } from './session.js'

type Prefetch = Record<string, unknown>

interface Page {
  resourceType?: string
  entry?: readonly unknown[]
  link?: readonly { relation?: string; url?: string }[]
}

const mostPages = 20

/** One answer of the FHIR server. The token goes to the server that launched the app and nowhere else. */
export async function ask(
  { iss, token }: Session,
  url: string,
  init: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Response> {
  const { href } = new URL(url)
  if (!href.startsWith(`${iss}/`) && !href.startsWith(`${iss}?`)) throw new Error('another server')
  return fetch(href, {
    ...init,
    headers: { Accept: 'application/fhir+json', ...init.headers, Authorization: `Bearer ${token}` },
    credentials: 'omit',
    redirect: 'error',
  })
}

const failed = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] }

/** All pages of a search as one Bundle; what cannot be read is said so, never left out. */
async function searched(session: Session, url: string): Promise<unknown> {
  const entry: unknown[] = []
  let next: string | undefined = url
  for (let page = 0; next !== undefined; page += 1) {
    const response = await ask(session, next)
    if (!response.ok || page >= mostPages) return failed
    const bundle = (await response.json()) as Page
    if (bundle.resourceType !== 'Bundle') return failed
    entry.push(...(bundle.entry ?? []))
    next = bundle.link?.find(({ relation }) => relation === 'next')?.url
  }
  return { resourceType: 'Bundle', type: 'searchset', entry }
}

/**
 * Reads everything the rules ask for with the user's own token, under the names the service knows.
 *
 * Missing: a search that fails becomes an OperationOutcome, which the service counts as unreadable.
 */
export async function readChart(session: Session): Promise<Prefetch> {
  const { iss, patientId, configuration } = session
  const id = encodeURIComponent(patientId)
  const read = async (type: string, parameters: readonly (readonly [string, string])[]): Promise<unknown> => {
    if (parameters.length === 0) {
      const response = await ask(session, `${iss}/${type}/${id}`)
      return response.ok ? ((await response.json()) as unknown) : failed
    }
    const query = new URLSearchParams([
      ['patient', patientId],
      ...parameters.map(([name, value]) => [name, value]),
    ])
    return searched(session, `${iss}/${type}?${query.toString()}`)
  }
  const answers = await Promise.all(
    configuration.templates.map(async ({ key, type, parameters }) => {
      const answer = await read(type, parameters).catch(() => failed)
      return [key, answer] as const
    }),
  )
  return Object.fromEntries(answers)
}
