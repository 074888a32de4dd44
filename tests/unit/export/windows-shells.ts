/** As much of cmd, PowerShell and Windows' C library as the generated commands need, written from their documentation. */

/** Reads a single- or double-quoted string of PowerShell that is all of `code`. */
export function readPowerShellString(code: string): string {
  const isSingle = (char: string) => /['\u2018-\u201b]/.test(char)
  const isDouble = (char: string) => /["\u201c-\u201e]/.test(char)
  const quote = code[0] ?? ''
  let text = ''
  let at = 1
  for (; at < code.length; at += 1) {
    const char = code[at] ?? ''
    const next = code[at + 1] ?? ''
    if (isSingle(quote)) {
      if (!isSingle(char)) text += char
      else if (isSingle(next)) text += code[(at += 1)]
      else break
    } else if (char === '`') {
      text += { '0': '\0', n: '\n', r: '\r', t: '\t' }[next] ?? next
      at += 1
    } else if (char === '$') {
      const [all, code10] = /^\$\(\[char\](\d+)\)/.exec(code.slice(at)) ?? []
      if (all === undefined) throw new Error('A variable would be put in')
      text += String.fromCharCode(Number(code10))
      at += all.length - 1
    } else if (isDouble(char)) break
    else text += char
  }
  if (at !== code.length - 1) throw new Error(`The string ends early, at ${at} of ${code.length}`)
  return text
}

export interface PowerShellCall {
  readonly config: string
  readonly body: Buffer | null
}

/** Reads the generated script, line by line. */
export function readPowerShell(script: string): PowerShellCall {
  const match =
    /^(?:#.*\n)*(?:\$body = \[IO\.Path\]::GetTempFileName\(\)\n(?<write>[^\n]*)\n)?@'\n(?<config>(?:(?!'@).*\n)*)'@ \| curl\.exe --config -(?<data> --data-binary "@\$body"\nRemove-Item \$body)?$/.exec(
      script,
    )
  const { write, config, data } = match?.groups ?? {}
  if (config === undefined) throw new Error(`Not as expected: ${script}`)
  if ((write === undefined) !== (data === undefined)) throw new Error('A body that is not sent')
  return { config, body: write === undefined ? null : readWrite(write) }
}

function readWrite(line: string): Buffer {
  const base64 = /^\[IO\.File\]::WriteAllBytes\(\$body, \[Convert\]::FromBase64String\('([\w+/=]*)'\)\)$/.exec(
    line,
  )?.[1]
  if (base64 !== undefined) return Buffer.from(base64, 'base64')
  const code = /^\[IO\.File\]::WriteAllText\(\$body, (.*)\)$/s.exec(line)?.[1]
  if (code === undefined) throw new Error(`Not as expected: ${line}`)
  return Buffer.from(readPowerShellString(code))
}

/** One line of cmd's prompt → the program's command line. Throws where cmd would see more than one command. */
export function readCmdLine(line: string, variables: Readonly<Record<string, string>>): string {
  // Phase 1: variables that exist; at the prompt the others stay as they are.
  let expanded = ''
  for (let at = 0; at < line.length; at += 1) {
    const end = line[at] === '%' ? line.indexOf('%', at + 1) : -1
    const value = end === -1 ? undefined : variables[line.slice(at + 1, end).toUpperCase()]
    if (value === undefined) expanded += line[at]
    else {
      expanded += value
      at = end
    }
  }
  // Phase 2: carets and quotes.
  let read = ''
  let inQuotes = false
  for (let at = 0; at < expanded.length; at += 1) {
    const char = expanded[at] ?? ''
    if (char === '\n') break
    if (char === '\r') continue
    if (char === '^' && !inQuotes) {
      at += 1
      // At a line's end: it goes on with the next one, whose first character counts as escaped.
      if (expanded.startsWith('\r\n', at)) at += 2
      read += expanded[at] ?? ''
      continue
    }
    if (char === '"') inQuotes = !inQuotes
    if (!inQuotes && /[&|<>()]/.test(char)) throw new Error(`${char} is not escaped at ${at}: ${expanded}`)
    read += char
  }
  return read
}

/** "Parsing C command-line arguments". */
export function readArguments(commandLine: string): string[] {
  const found: string[] = []
  let at = 0
  while (at < commandLine.length) {
    if (commandLine[at] === ' ') {
      at += 1
      continue
    }
    let inQuotes = false
    let argument = ''
    for (; at < commandLine.length && (inQuotes || commandLine[at] !== ' '); at += 1) {
      const slashes = /^\\*/.exec(commandLine.slice(at))?.[0].length ?? 0
      const isQuote = commandLine[at + slashes] === '"'
      argument += '\\'.repeat(isQuote ? Math.floor(slashes / 2) : slashes)
      at += slashes
      if (isQuote && slashes % 2 === 1) argument += '"'
      else if (isQuote) inQuotes = !inQuotes
      else if (inQuotes || (at < commandLine.length && commandLine[at] !== ' ')) argument += commandLine[at] ?? ''
      else break
    }
    found.push(argument)
  }
  return found
}
