import type { HookName } from '../../../src/protocol/hook-request.js'

/** Everything that the address of the page holds: who and what is asked. */
export interface Asked {
  patient: string
  hook: HookName
  orders: readonly string[]
  /** Hours from the moment of the story. */
  hours: number
  parameters: Readonly<Record<string, number>>
}

const first = 'antibiotic-48h-not-improving'

const hookOf = (text: string | null): HookName =>
  text === 'order-select' || text === 'order-sign' ? text : 'patient-view'

/** Reads the address: what it does not say is the first story, now, as the service runs it. */
export function readAddress(search: string): Asked {
  const query = new URLSearchParams(search)
  const hours = Number(query.get('t') ?? 0)
  const parameters = query.getAll('p').flatMap((text): [string, number][] => {
    const [name = '', value = ''] = text.split(':')
    return /^[A-Za-z.]{3,60}$/.test(name) && Number.isFinite(Number(value)) ? [[name, Number(value)]] : []
  })
  return {
    patient: query.get('patient') ?? first,
    hook: hookOf(query.get('hook')),
    orders: query.getAll('order'),
    hours: Number.isFinite(hours) ? hours : 0,
    parameters: Object.fromEntries(parameters),
  }
}

/** The address of what is asked; only what differs from the start is written. */
export function writeAddress({ patient, hook, orders, hours, parameters }: Asked): string {
  const query = new URLSearchParams()
  query.set('patient', patient)
  if (hook !== 'patient-view') query.set('hook', hook)
  for (const order of orders) query.append('order', order)
  if (hours !== 0) query.set('t', String(hours))
  for (const [name, value] of Object.entries(parameters)) query.append('p', `${name}:${value}`)
  return `?${query.toString()}`
}
