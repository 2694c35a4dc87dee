/** Parts of a call that CPU is counted for, in the order of a call. */
export const partsOfCall = [
  'http',
  'tokens',
  'parse',
  'gather',
  'facts',
  'assess',
  'cards',
  'record',
  'send',
  'log',
  'garbage collection',
  'not in any function',
] as const
export type PartOfCall = (typeof partsOfCall)[number]

/** Folders and files of the built service, first match; what is not listed belongs to its caller. */
const ours: readonly (readonly [start: string, part: PartOfCall])[] = [
  ['http/trust/', 'tokens'],
  ['http/body.', 'parse'],
  ['http/read-body.', 'parse'],
  ['http/send.', 'send'],
  ['http/logger.', 'log'],
  ['http/', 'http'],
  ['service/call-steps.', 'http'],
  ['decide.', 'http'],
  ['decision.', 'http'],
  ['protocol/', 'parse'],
  ['gather/', 'gather'],
  ['facts/', 'facts'],
  ['terminology/', 'facts'],
  ['assess/', 'assess'],
  ['cards/', 'cards'],
  ['audit/', 'record'],
]

const packages = new Map<string, PartOfCall>([
  ...['express', 'router', 'cors', 'helmet', 'finalhandler'].map((name) => [name, 'http'] as const),
  ...['winston', 'winston-transport', 'logform', 'triple-beam', 'readable-stream'].map(
    (name) => [name, 'log'] as const,
  ),
  ...['kysely', 'libsql', '@libsql', 'pg'].map((name) => [name, 'record'] as const),
  ['jose', 'tokens'],
])

const pseudoFrames = new Map<string, PartOfCall>([
  ['(garbage collector)', 'garbage collection'],
  ['(program)', 'not in any function'],
])

/** Which part of a call a function belongs to; `undefined`: to that of whoever called it. */
export function partOf(functionName: string, url: string): PartOfCall | undefined {
  const place = placeOf(url)
  const [, name = ''] = /^node_modules\/(@?[^/]+)/.exec(place) ?? []
  if (name !== '') return packages.get(name)
  if (place.startsWith('dist/'))
    return ours.find(([start]) => place.slice('dist/'.length).startsWith(start))?.[1]
  return pseudoFrames.get(functionName)
}

/** The room or package a function stands in, for the time before there are calls. */
export function roomOrPackage(functionName: string, url: string): string | undefined {
  const [, name, room] = /^(?:node_modules\/(@[^/]+\/[^/]+|[^/]+)|dist\/([\w-]+))/.exec(placeOf(url)) ?? []
  return room === undefined ? (name ?? pseudoFrames.get(functionName)) : `our ${room}`
}

/** Where a function stands, without the folder the service is installed in. */
export function placeOf(url: string): string {
  const folder = ['/node_modules/', '/dist/'].find((name) => url.includes(name))
  return folder === undefined ? url : url.slice(url.lastIndexOf(folder) + 1)
}
