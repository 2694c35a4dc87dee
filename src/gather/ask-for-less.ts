import type { Answer } from './answer.js'
import type { Objection, SearchParameters, WrittenForm } from './search-forms.js'

type Search = (parameters: SearchParameters) => Promise<Answer>

/** An answer, and the name of the form that the server answered, at least in part; no name when nothing was answered. */
interface Asked {
  answer: Answer
  answered?: string
}

/**
 * Asks a FHIR server, and asks for less when the server refuses the search.
 *
 * Shape:   a bounded ladder: each form is tried once, from the form with the name `known`, else from the first. A form
 *          that is answered in part stays the answer when no smaller form is answered as a whole.
 * Edge:    after a refusal for want of permission no form leaves out the filters, because a server may answer such a
 *          search by hiding what the token may not see.
 * Missing: an answer that is refused as a whole says `why`.
 */
export async function askForLess(
  forms: readonly [WrittenForm, ...WrittenForm[]],
  known: string | undefined,
  search: Search,
): Promise<Asked> {
  const place = forms.findIndex(({ name }) => name === known)
  let best = await askIn(forms[place] ?? forms[0], search)
  let { objection } = best.answer
  const met = new Set<Objection>()
  for (const form of forms.slice(Math.max(place, 0) + 1)) {
    if (objection === undefined) break
    met.add(objection)
    if (!form.after.includes(objection) || (form.unfiltered && met.has('permission'))) continue
    const next = await askIn(form, search)
    objection = next.answer.objection
    if (next.answered !== undefined || best.answered === undefined) best = next
  }
  return best
}

async function askIn({ name, searches }: WrittenForm, search: Search): Promise<Asked> {
  const answers = await Promise.all(searches.map(search))
  const isAnswered = answers.some(({ why, entries }) => why === undefined || entries.length > 0)
  return { answer: joined(answers), ...(isAnswered && { answered: name }) }
}

/** Joins the answers of the searches of one form; the first failure says why the whole is incomplete. */
function joined(answers: readonly Answer[]): Answer {
  const why = answers.find((answer) => answer.why !== undefined)?.why
  const objection = answers.find((answer) => answer.objection !== undefined)?.objection
  return {
    entries: answers.flatMap(({ entries }) => entries),
    ...(why !== undefined && { why }),
    ...(objection !== undefined && { objection }),
  }
}
