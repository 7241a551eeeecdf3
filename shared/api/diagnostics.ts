import { z } from 'zod'

const localText = z.object({ 'zh-CN': z.string(), en: z.string() })

/** A problem that the compiler finds; the same shape in the browser, the API and the command line. */
export const diagnosticAnswer = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  node: z.string().nullable(),
  field: z.string().nullable(),
  message: localText,
  mend: localText,
})
export type DiagnosticAnswer = z.infer<typeof diagnosticAnswer>
