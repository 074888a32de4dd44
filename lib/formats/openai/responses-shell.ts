import { grow } from '../folding/growing-turn.ts'
import type { PartOf } from '../folding/growing-turn.ts'
import { toIndex, toObject, toObjects, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'

/** What shell commands print, while they print it. */
export function createShellOutput(part: PartOf<'tool result'>): {
  take(type: string, data: JsonObject, event: number): boolean
  final(): JsonObject
} {
  const output: JsonObject[] = []
  return {
    take(type, data, event) {
      const index = toIndex(data['command_index']) ?? 0
      if (type === 'response.shell_call_output_content.done') {
        const [whole] = toObjects(data['output'])
        if (whole !== undefined) output[index] = whole
        return true
      }
      if (type !== 'response.shell_call_output_content.delta') return false
      const delta = toObject(data['delta'])
      const [stdout, stderr] = [toText(delta?.['stdout']), toText(delta?.['stderr'])]
      const known = output[index] ?? { outcome: { type: 'exit', exit_code: 0 } }
      output[index] = {
        ...known,
        stdout: toText(known['stdout']) + stdout,
        stderr: toText(known['stderr']) + stderr,
      }
      grow(part, stdout + stderr, event)
      return true
    },
    final: () => (output.length > 0 ? { output } : {}),
  }
}
