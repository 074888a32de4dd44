/** The task that the updates of an A2A stream come to, as the call without streaming gives it. */
import { isObject, toList, toObject, toObjects, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'

export interface A2aTask {
  task(value: JsonObject): void
  message(value: JsonObject): void
  status(update: JsonObject): void
  artifact(update: JsonObject, artifact: JsonObject): void
  /** The task, or the message that came in its place; null while there is neither. */
  final(): JsonObject | null
}

export function createA2aTask(): A2aTask {
  let fields: Record<string, unknown> | null = null
  let answer: JsonObject | null = null
  const history = new Map<string, JsonObject>()
  const artifacts = new Map<string, Record<string, unknown>>()

  /** A stream that is gone on with may begin in the middle of a task. */
  function openTask(update: JsonObject): Record<string, unknown> {
    fields ??= { id: update['taskId'], contextId: update['contextId'] }
    if (isObject(update['metadata'])) fields['metadata'] = { ...toObject(fields['metadata']), ...update['metadata'] }
    return fields
  }

  function remember(message: JsonObject): void {
    const id = toText(message['messageId'])
    if (!history.has(id)) history.set(id, message)
  }

  function setArtifact(artifact: JsonObject): void {
    artifacts.set(toText(artifact['artifactId']), { ...artifact, parts: [...toList(artifact['parts'])] })
  }

  return {
    task(value) {
      fields = { ...fields, ...value }
      for (const message of toObjects(value['history'])) remember(message)
      for (const artifact of toObjects(value['artifacts'])) setArtifact(artifact)
    },
    message(value) {
      answer = value
    },
    status(update) {
      const task = openTask(update)
      task['status'] = update['status']
      const message = toObject(toObject(update['status'])?.['message'])
      if (message !== null) remember(message)
    },
    artifact(update, artifact) {
      openTask(update)
      const known = artifacts.get(toText(artifact['artifactId']))
      if (known === undefined || update['append'] !== true) return setArtifact(artifact)
      const parts = known['parts']
      if (Array.isArray(parts)) for (const part of toList(artifact['parts'])) parts.push(part)
      for (const field of ['name', 'description']) if (toText(artifact[field]) !== '') known[field] = artifact[field]
      if (isObject(artifact['metadata'])) {
        known['metadata'] = { ...toObject(known['metadata']), ...artifact['metadata'] }
      }
    },
    final() {
      if (answer !== null) return answer
      if (fields === null) return null
      return {
        ...fields,
        ...(artifacts.size === 0 ? {} : { artifacts: [...artifacts.values()] }),
        ...(history.size === 0 ? {} : { history: [...history.values()] }),
      }
    },
  }
}
