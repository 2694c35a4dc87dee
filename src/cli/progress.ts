/** Shows the progress of long work: a bar on a terminal, a plain line now and then elsewhere. */
export interface Progress {
  at(done: number, of: number): void
  end(): void
}

const barWidth = 30
const lineEveryMs = 10_000
const barEveryMs = 200

/** Shows progress on standard error, so that standard output holds only the result. */
export function showProgress(what: string, stream: NodeJS.WriteStream = process.stderr): Progress {
  let shownAt = Date.now()
  const everyMs = stream.isTTY ? barEveryMs : lineEveryMs
  return {
    at(done, of) {
      if (Date.now() - shownAt < everyMs) return
      shownAt = Date.now()
      const share = of === 0 ? 1 : Math.min(1, done / of)
      const percent = `${Math.floor(share * 100)} %`
      if (!stream.isTTY) stream.write(`${what}: ${percent}\n`)
      else
        stream.write(
          `\r${what} [${'#'.repeat(Math.round(share * barWidth)).padEnd(barWidth)}] ${percent.padStart(5)}`,
        )
    },
    end() {
      if (stream.isTTY) stream.write('\r\u001b[K')
    },
  }
}
