/** Reads a query's parameters and remembers everything that is wrong with them. */

export interface Problem {
  readonly parameter: string
  readonly message: string
}

export class BadParametersError extends Error {
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ message }) => message).join(' '))
    this.name = 'BadParametersError'
    this.problems = problems
  }
}

export interface Query {
  has(name: string): boolean
  text(name: string, fallback: string): string
  /** Every value of a parameter that may be there several times. */
  all(name: string): string[]
  whole(name: string, bounds: { min: number; max: number; fallback: number }): number
  choice<Choice extends string>(name: string, choices: readonly Choice[], fallback: NoInfer<Choice>): Choice
  yes(name: string, fallback: boolean): boolean
  complain(parameter: string, message: string): void
  /** @throws BadParametersError if anything was wrong, or a parameter was given that nobody asked for */
  finish(): void
}

export function createQuery(values: URLSearchParams): Query {
  const asked = new Set<string>()
  const problems: Problem[] = []
  const complain = (parameter: string, message: string) => void problems.push({ parameter, message })
  const get = (name: string) => {
    asked.add(name)
    if (values.getAll(name).length > 1) complain(name, `"${name}" may be given only once.`)
    return values.get(name)
  }
  const choice = <Choice extends string>(name: string, choices: readonly Choice[], fallback: NoInfer<Choice>) => {
    const value = get(name)
    if (value === null) return fallback
    const found = choices.find((one) => one === value)
    if (found === undefined) complain(name, `"${name}" must be one of ${choices.join(', ')}, not "${value}".`)
    return found ?? fallback
  }
  return {
    complain,
    choice,
    has: (name) => values.has(name),
    text: (name, fallback) => get(name) ?? fallback,
    yes: (name, fallback) => choice(name, ['yes', 'no'], fallback ? 'yes' : 'no') === 'yes',
    all(name) {
      asked.add(name)
      return values.getAll(name)
    },
    whole(name, { min, max, fallback }) {
      const value = get(name)
      if (value === null) return fallback
      const number = /^\d{1,12}$/.test(value) ? Number(value) : Number.NaN
      if (number >= min && number <= max) return number
      complain(name, `"${name}" must be a whole number from ${min} to ${max}, not "${value}".`)
      return fallback
    },
    finish() {
      for (const name of new Set(values.keys())) {
        if (!asked.has(name)) complain(name, `There is no parameter "${name}".`)
      }
      if (problems.length > 0) throw new BadParametersError(problems)
    },
  }
}

/** The bytes of a parameter's values: `%FF` is that byte, also where it is no UTF-8. */
export function bytesOf(search: string, name: string): Buffer[] {
  return search
    .replace(/^\?/, '')
    .split('&')
    .map((pair) => pair.split('='))
    .filter(([key]) => key === name)
    .map(([, ...value]) => percentDecode(value.join('=')))
}

function percentDecode(value: string): Buffer {
  const characters = value
    .replaceAll('+', ' ')
    .replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(characters, 'latin1')
}
