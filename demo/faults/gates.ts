/** Gates hold answers back until a test opens them, so that nobody has to sleep. An opened gate stays open. */

export interface Gates {
  open(name: string): void
  /** Resolves once the gate is open; rejects when the signal fires. */
  pass(name: string, signal: AbortSignal): Promise<void>
  /** Resolves once an answer stands at this gate, or has come through. */
  reached(name: string): Promise<void>
}

interface Gate {
  readonly opened: PromiseWithResolvers<void>
  readonly reached: PromiseWithResolvers<void>
}

export function createGates(): Gates {
  const gates = new Map<string, Gate>()
  const gate = (name: string) => {
    const known = gates.get(name)
    if (known !== undefined) return known
    const fresh: Gate = { opened: Promise.withResolvers(), reached: Promise.withResolvers() }
    gates.set(name, fresh)
    return fresh
  }
  return {
    open: (name) => gate(name).opened.resolve(),
    reached: (name) => gate(name).reached.promise,
    async pass(name, signal) {
      gate(name).reached.resolve()
      const left = Promise.withResolvers<never>()
      const leave = () => left.reject(signal.reason)
      if (signal.aborted) leave()
      signal.addEventListener('abort', leave, { once: true })
      try {
        await Promise.race([gate(name).opened.promise, left.promise])
      } finally {
        signal.removeEventListener('abort', leave)
      }
    },
  }
}
