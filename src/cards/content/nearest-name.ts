/** The known name that is closest to a mistyped one; `undefined` when none is near. */
export function nearestName(typed: string, known: Iterable<string>): string | undefined {
  let nearest: string | undefined
  let least = Math.max(2, Math.floor(typed.length / 3)) + 1
  for (const name of known) {
    const distance = editDistance(typed, name)
    if (distance < least) {
      least = distance
      nearest = name
    }
  }
  return nearest
}

/** The `fix` of a problem with an unknown name. */
export function nameFix(typed: string, known: Iterable<string>, where: string): string {
  const nearest = nearestName(typed, known)
  return nearest === undefined ? `use a name of ${where}` : `did you mean "${nearest}"? (${where})`
}

function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= to.length; column += 1) {
      const change = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1)
      current.push(Math.min(change, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[to.length] ?? 0
}
