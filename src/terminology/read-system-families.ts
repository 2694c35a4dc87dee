import { codeGrades } from './code-grades.js'
import { systemNames, type SystemName } from './code-systems.js'
import type { ContentRecord } from './content-reader.js'
import type { SystemAddress, SystemFamilies, SystemFamily } from './system-families.js'

const nameShape = /^[a-z0-9]+$/
const nameFix = 'use small letters and digits only, without hyphens'

/**
 * Reads the addresses of code systems from a file of `cards/codes/`.
 *
 * Edge: a key that is no code system is a problem of the file.
 */
export function systemFamiliesOf(file: ContentRecord): SystemFamilies {
  const mapping = file.record('systems')
  const families = new Map<SystemName, SystemFamily>()
  mapping?.only(...systemNames)
  for (const name of systemNames) {
    const record = mapping?.record(name)
    if (!record) continue
    record.only('title', 'addresses', 'named', 'not_named')
    record.text('title')
    families.set(name, {
      addresses: record.records('addresses').map(addressOf),
      named: record.fitting('named', nameShape, nameFix),
      notNamed: record.fitting('not_named', nameShape, nameFix),
    })
  }
  return families
}

function addressOf(record: ContentRecord): SystemAddress {
  record.only('address', 'of', 'grade', 'below', 'letter')
  record.optionalText('of')
  const letter = record.optionalText('letter')
  return {
    address: record.text('address'),
    grade: record.oneOf('grade', codeGrades),
    below: record.flag('below'),
    ...(letter !== undefined && { letter }),
  }
}
