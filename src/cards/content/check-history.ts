import type { CardSource } from '../card-source.js'
import type { ReportProblem } from './compile-texts.js'

/** The `approval` of a version that no clinician has reviewed. */
const notReviewed = 'draft, not clinically reviewed'

const versions = new Intl.Collator('en', { numeric: true })

/**
 * Checks that the history of a card leads, version by version, to the present card.
 *
 * Shape: newest first. The newest version has the version number and the revision date of the card, and an approval
 *        exactly when the card says that it was reviewed.
 * Edge:  two versions may share a date, never a number; 1.10.0 is newer than 1.9.0.
 */
export function checkHistory(source: CardSource, report: ReportProblem): void {
  checkNewest(source, report)
  for (const [place, { version, date }] of source.history.entries()) {
    const newer = source.history[place - 1]
    if (!newer) continue
    if (versions.compare(version, newer.version) >= 0) {
      const says = `the history has ${version} below ${newer.version}`
      report(['history', place, 'version'], says, 'put the newest version first, each once')
    }
    if (date > newer.date) {
      const says = `the history dates ${version} (${date}) after ${newer.version} (${newer.date})`
      report(['history', place, 'date'], says, 'correct the dates')
    }
  }
}

function checkNewest(
  { version, dates, reviewed, history: [newest] }: CardSource,
  report: ReportProblem,
): void {
  if (newest.version !== version) {
    const says = `the newest version in the history is ${newest.version}, the card is ${version}`
    report(['history', 0, 'version'], says, `describe ${version} at the top of "history"`)
  }
  if (newest.date !== dates.revised) {
    const says = `the newest version in the history is of ${newest.date}, the card was revised on ${dates.revised} (dates.revised)`
    report(['history', 0, 'date'], says, 'make them equal')
  }
  if ((newest.approval === notReviewed) === (reviewed !== undefined)) {
    const says = reviewed
      ? 'was reviewed, but its newest version is not approved'
      : 'was not reviewed, but its newest version is approved'
    report(['history', 0, 'approval'], says, reviewed ? 'write "role, date"' : `write "${notReviewed}"`)
  }
}
