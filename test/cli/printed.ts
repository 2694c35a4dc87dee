import { afterEach, beforeEach, jest } from '@jest/globals'

/** Catches what a command prints on standard output during each test of a file; gives what was printed so far. */
export function catchPrinted(): () => string {
  let printed = ''
  beforeEach(() => {
    printed = ''
    jest.spyOn(console, 'log').mockImplementation((text: string) => void (printed += `${text}\n`))
  })
  afterEach(() => {
    jest.restoreAllMocks()
  })
  return () => printed
}
