import { Buffer } from 'node:buffer'
import { gzipSync } from 'node:zlib'
import { callsWith } from '../calls.js'
import { smallHook } from '../charts.js'
import type { Kind } from '../kind.js'

const mib = 1_048_576

/** A body of so many bytes around something that repeats, in the place of a prefetch. */
function around(part: string, bytes = 2 * mib - 1_000, [before, after] = ['[', '0]']): Buffer {
  const inner = part.repeat(Math.floor(bytes / part.length))
  return Buffer.from(`{"hook":"patient-view","prefetch":{"patient":${before}${inner}${after}}}`)
}

const members = (name: (place: number) => string, amount: number): Buffer =>
  Buffer.from(`{${Array.from({ length: amount }, (_, place) => `"${name(place)}":${place}`).join(',')}}`)

const hostile: readonly Buffer[] = [
  around('0,'),
  around('[],'),
  around('{},'),
  around('"",'),
  around('{"a":{"a":{"a":1}}},'),
  around('1e999,'),
  around('0.1234567890123456789,'),
  Buffer.from(`{"a":${'9'.repeat(2 * mib - 100)}}`),
  Buffer.from(`{"a":"${'\\u0000'.repeat(340_000)}"}`),
  Buffer.from(`{"a":"${'\\"'.repeat(mib - 100)}"}`),
  Buffer.from(`{"a":"${'\\\\'.repeat(mib - 100)}`),
  Buffer.from('['.repeat(2 * mib - 100)),
  Buffer.from('{"a":'.repeat(400_000)),
  Buffer.from(`${'['.repeat(63)}${'0,'.repeat(mib - 200)}0${']'.repeat(63)}`),
  members((place) => `m${place}`, 130_000),
  members((place) => String(place * 7_919), 130_000),
  members(() => '__proto__', 120_000),
  members(() => 'prefetch', 120_000),
  around('{"__proto__":{"x":1},"constructor":{"prototype":{"y":1}}},'),
  Buffer.alloc(2 * mib, 0x20),
  Buffer.alloc(2 * mib, 0xff),
]

const hostileJson: Kind = {
  name: 'hostile-json',
  sends:
    '2 MiB of many values, members, depth, numbers, escapes, __proto__, duplicate keys, blanks and no UTF-8, in turn',
  calls: 'refused',
  run: (target, seconds) => callsWith(target, hostile, { seconds }),
}

const bombs: readonly Buffer[] = [
  gzipSync(Buffer.alloc(200 * mib, 0x20)),
  gzipSync(Buffer.concat([Buffer.from('{"a":"'), Buffer.alloc(100 * mib, 0x61), Buffer.from('"}')])),
  gzipSync(gzipSync(Buffer.alloc(100 * mib, 0x20))),
]

const gzipBombs: Kind = {
  name: 'gzip-bombs',
  sends: 'bodies of 100 to 200 MiB packed with gzip, over 16 connections',
  calls: 'refused',
  run: (target, seconds) =>
    callsWith(target, bombs, { seconds, connections: 16, headers: { 'content-encoding': 'gzip' } }),
}

const lyingGzip: Kind = {
  name: 'broken-gzip',
  sends: 'packed bodies that are cut off, or plain ones that say they are packed',
  calls: 'refused',
  run: (target, seconds) =>
    callsWith(target, [gzipSync(smallHook()).subarray(0, 900), smallHook()], {
      seconds,
      connections: 16,
      headers: { 'content-encoding': 'gzip' },
    }),
}

/** Bodies that are costly to read. */
export const bodies: readonly Kind[] = [hostileJson, gzipBombs, lyingGzip]
