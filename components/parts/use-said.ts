import { type Signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/** What a button says of what it has just done; empty again after `forMs`. */
export function useSaid(forMs: number): Signal<string> {
  const said = useSignal('')
  useEffect(() => {
    if (said.value === '') return
    const timer = setTimeout(() => (said.value = ''), forMs)
    return () => clearTimeout(timer)
  }, [said.value])
  return said
}
