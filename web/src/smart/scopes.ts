/** What the rules cannot do without (product decision 2d). */
const neededTypes = ['Patient', 'Condition', 'Observation', 'MedicationRequest'] as const

/** Does one granted scope allow this, in the words of SMART 2 (`rs`, `c`) or of SMART 1 (`read`, `write`)? */
function allows(scope: string, type: string, letter: 'r' | 's' | 'c'): boolean {
  const [, of, what] = /^(?:patient|user)\/([A-Za-z*]+)\.([a-z*]+)(?:\?.*)?$/.exec(scope) ?? []
  if (of !== type && of !== '*') return false
  if (what === '*') return true
  if (what === 'read') return letter !== 'c'
  if (what === 'write') return letter === 'c'
  return what !== undefined && /^c?r?u?d?s?$/.test(what) && what.includes(letter)
}

const granted = (scope: string): readonly string[] => scope.split(/\s+/).filter(Boolean)

/** The needed types that may not be searched; empty when the app can work. */
export const deniedTypes = (scope: string): readonly string[] =>
  neededTypes.filter(
    (type) => !granted(scope).some((each) => allows(each, type, type === 'Patient' ? 'r' : 's')),
  )

/** May the app add resources of this type? Without the right a finding stands in the note to copy. */
export const mayWrite = (scope: string, type: string): boolean =>
  granted(scope).some((each) => allows(each, type, 'c'))
