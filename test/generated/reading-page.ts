import { corpora, corpusScores, type Corpus } from '../reading/corpora.js'
import { verdicts } from '../reading/labels.js'
import { tallyOf, type Score } from '../reading/score.js'

/** How many parts of a hundred are right, as ten squares. */
const bar = (right: number, all: number): string => {
  const full = Math.floor((right * 10) / all)
  return '■'.repeat(full) + '□'.repeat(10 - full)
}

const families = (scores: readonly Score[]): string =>
  [...tallyOf(scores)]
    .map(([name, counts]) => {
      const all = verdicts.reduce((sum, verdict) => sum + counts[verdict], 0)
      const cells = verdicts.map((verdict) => String(counts[verdict] || ''))
      return `| ${[name.replace(/\s+/, ' '), all, bar(counts.right, all), ...cells].join(' | ')} |`
    })
    .join('\n')

const wrong = (scores: readonly Score[]): string => {
  const lines = scores
    .filter(({ verdict }) => verdict !== 'right')
    .map(({ line, verdict, faults }) => {
      const text = line.text.replaceAll('\n', ' ')
      return `- \`${line.id}\` ${verdict}: \`${text}\` — ${faults.map(({ what }) => what).join('; ')}`
    })
  return lines.length === 0 ? '' : `\nNot read rightly:\n\n${lines.join('\n')}\n`
}

function corpusPart(corpus: Corpus): string {
  const scores = corpusScores(corpus)
  const right = scores.filter(({ verdict }) => verdict === 'right').length
  return `## ${corpus.name}

${right} of ${scores.length} lines are read rightly (languages: ${corpus.languages.join(', ')}).

| family | lines | | ${verdicts.join(' | ')} |
|---|---|---|${verdicts.map(() => '---|').join('')}
${families(scores)}
${wrong(scores)}`
}

/** How the labelled lines of test/reading/corpus are read, by family. */
export function readingPage(): string {
  return `# How text is read

Scores of the labelled lines in \`test/reading/corpus/\`, by construction. A "false alarm" reads what the text does not say, "missed" passes over
what the text says; both are dangerous. "side" is a wrong or lost side, "other" the rest. These lines were seen while the reader was built: the first
scores, before anything was mended, stand in \`test/reading/corpus/README.md\` and say more about lines that nobody has seen.

${corpora.map(corpusPart).join('\n')}`
}
