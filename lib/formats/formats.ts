/** Every chat format, in the order in which they are tried. */
import type { Format } from './format.ts'
import { a2a } from './a2a/a2a.ts'
import { agUi } from './ag-ui/ag-ui.ts'
import { anthropicMessages } from './anthropic/messages.ts'
import { cohereChat } from './cohere-chat.ts'
import { gemini } from './gemini/gemini.ts'
import { mcp } from './mcp.ts'
import { ollama } from './ollama.ts'
import { openaiChat } from './openai/chat.ts'
import { openaiResponses } from './openai/responses.ts'
import { plainText } from './plain-text.ts'
import { vercelData } from './vercel/data.ts'
import { vercelUi } from './vercel/ui.ts'

export const FORMATS: readonly Format[] = [
  openaiChat,
  openaiResponses,
  vercelUi,
  anthropicMessages,
  gemini,
  ollama,
  cohereChat,
  agUi,
  a2a,
  mcp,
  vercelData,
  // Takes what nothing else does.
  plainText,
]
